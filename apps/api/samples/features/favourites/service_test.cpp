#include "features/favourites/service.hpp"

#include "contract/json.hpp"
#include "features/favourites/personal_data.hpp"
#include "features/users/service.hpp"
#include "testing/test_database.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::favourites {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;

class FavouriteTest : public ::testing::Test {
protected:
    Caller add_person() {
        const Caller caller{.id = UserId::make(clock.now()), .session = SessionId::make(clock.now())};
        database.execute(fmt::format(
            "insert into users (id, email, name, created_at) values ('{0}', '{0}@example.dz', 'Amel', now())",
            caller.id.str()));
        return caller;
    }
    Result<FavouriteView> add(Caller caller, std::string_view label) {
        clock.advance(std::chrono::milliseconds{1});
        const auto wanted =
            contract::parse_json<AddFavourite>(fmt::format(R"({{"label":"{}","lat":36.7762,"lng":3.0586}})", label));
        return run(db.transact<FavouriteView>(
            [&](db::Transaction& tx) { return favourites.add(tx, caller, wanted.value()); }));
    }
    Result<Nothing> remove(Caller caller, FavouriteId id) {
        return run(db.transact<Nothing>([&](db::Transaction& tx) { return favourites.remove(tx, caller, id); }));
    }
    Result<FavouritePage> list(Caller caller, std::optional<std::string> cursor = {}) {
        ListFavourites wanted{.cursor = {}, .limit = Bounded<1, 100>::of<2>()};
        if (cursor) wanted.cursor = Text<512>::parse(*cursor).value();
        return run(favourites.list(caller, wanted));
    }
    static std::vector<std::string> labels(const FavouritePage& page) {
        std::vector<std::string> all;
        all.reserve(page.items.size());
        for (const FavouriteView& favourite : page.items) all.push_back(favourite.label);
        return all;
    }

    testing::TestDatabase database;
    db::Database& db = database.db();
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    api::CursorSigner cursors{"0123456789abcdef0123456789abcdef"};
    FavouriteService favourites{db, clock, cursors};
    users::UserService users{db, clock, {personal_data()}};
    Caller amel = add_person();
    Caller badis = add_person();
};

TEST_F(FavouriteTest, PagesFollowOneAnother) {
    for (const auto* label : {"Agha", "Tafourah", "Caroubier"}) ASSERT_TRUE(add(amel, label));
    const auto first = list(amel);
    EXPECT_THAT(labels(*first), ElementsAre("Agha", "Tafourah"));
    const auto second = list(amel, first->next_cursor);
    EXPECT_THAT(labels(*second), ElementsAre("Caroubier"));
    EXPECT_FALSE(second->next_cursor);
    EXPECT_EQ(list(badis, first->next_cursor).error().code, Code::malformed_request);
}

TEST_F(FavouriteTest, AListIsFullAtTwenty) {
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(add(amel, fmt::format("Place {}", i)));
    const auto refused = add(amel, "One more");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::too_many_favourites);
    EXPECT_EQ(refused.error().reason, (Violation{Rule::most_favourites, "20"}));
    EXPECT_TRUE(add(badis, "Agha"));
    ASSERT_TRUE(remove(amel, list(amel)->items.front().id));
    EXPECT_TRUE(add(amel, "One more"));
}

TEST_F(FavouriteTest, NoOneElseSeesOrRemovesThem) {
    const auto added = add(amel, "Agha");
    ASSERT_TRUE(added);
    EXPECT_TRUE(list(badis)->items.empty());
    EXPECT_EQ(remove(badis, added->id).error().code, Code::not_found);
    EXPECT_TRUE(remove(amel, added->id));
    EXPECT_EQ(remove(amel, added->id).error().code, Code::not_found);
}

TEST_F(FavouriteTest, AreExportedAndForgotten) {
    ASSERT_TRUE(add(amel, "Agha"));
    ASSERT_TRUE(add(badis, "Tafourah"));
    EXPECT_THAT(run(users.export_all(amel))->body, HasSubstr(R"("label": "Agha")"));
    EXPECT_THAT(run(users.export_all(amel))->body, Not(HasSubstr("Tafourah")));
    ASSERT_TRUE(run(db.transact<Nothing>([&](db::Transaction& tx) { return users.leave(tx, amel); })));
    EXPECT_TRUE(list(amel)->items.empty());
    EXPECT_FALSE(add(amel, "Agha")) << "a deleted account keeps nothing";
    EXPECT_EQ(list(badis)->items.size(), 1U);
}

}  // namespace
}  // namespace safargo::favourites
