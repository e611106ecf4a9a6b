#include "features/places/index_keeper.hpp"

#include "contract/json.hpp"
#include "core/clock.hpp"
#include "features/places/editor.hpp"
#include "features/places/events.hpp"
#include "features/places/index_double_test.hpp"
#include "seed/seed.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>

namespace safargo::places {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

PlaceMark mark(std::string code, std::int64_t version, NamedKind kind = NamedKind::place) {
    return {kind, std::move(code), version};
}

TEST(CompareIndex, FindsWhatIsMissingOldOrTooMuch) {
    const IndexDifference difference =
        compare({mark("a", 1), mark("b", 5), mark("c", 3), mark("d", 4), mark("a", 9, NamedKind::commune)},
                {mark("b", 4), mark("c", 3), mark("d", 7), mark("e", 1), mark("0601", 2, NamedKind::commune)});
    EXPECT_THAT(difference.wanting, ElementsAre(mark("a", 1), mark("b", 5), mark("a", 9, NamedKind::commune)));
    EXPECT_THAT(difference.abundant, ElementsAre(mark("e", 1), mark("0601", 2, NamedKind::commune)));
}

TEST(CompareIndex, EqualOnesDifferInNothing) {
    EXPECT_THAT(compare({mark("a", 1)}, {mark("a", 1)}).wanting, IsEmpty());
    EXPECT_THAT(compare({}, {}).abundant, IsEmpty());
    EXPECT_THAT(compare({mark("a", 1)}, {}).wanting, SizeIs(1));
    EXPECT_THAT(compare({}, {mark("a", 1)}).abundant, SizeIs(1));
}

class IndexKeeperTest : public ::testing::Test {
protected:
    IndexKeeperTest() {
        testing::run(seed::load_reference(database_.db(), SAFARGO_DATA_DIR, [](auto, auto, auto) {}));
    }

    static PlaceDraft draft(const std::string& name) {
        return {.slug = "gouffre",
                .names = {name, "هاوية", name},
                .descriptions = {"Un gouffre", "هاوية", "A chasm"},
                .other_names = {"Ifri n Dellal"},
                .type = PlaceType::cave,
                .wilaya = 15,
                .at = {36.47, 4.23}};
    }
    void save(const std::string& name) { testing::run(saved(name)); }
    void remove(const std::string& slug) { testing::run(removed(slug)); }

    // The events that wait, oldest first; they are taken out.
    std::vector<db::OutboxMessage> events() {
        std::vector<db::OutboxMessage> all;
        const db::Rows rows = testing::run(database_.db().query(take_events));
        for (const db::Row row : rows)
            all.push_back(
                {.ordering_key = row.get<std::string>(0), .kind = "place.changed", .payload = row.get<std::string>(1)});
        return all;
    }
    void deliver(const db::OutboxMessage& message) {
        const db::Subscription subscription = keeper_.subscription();
        testing::run((*subscription.handler_of("place.changed"))(message));
    }
    const PlaceDocument* indexed(const std::string& code, NamedKind kind = NamedKind::place) const {
        const auto found = index_.present->find({kind, code});
        return found == index_.present->end() ? nullptr : &found->second;
    }
    std::int64_t count() { return testing::run(rows_.count(database_.db())); }

    Task<void> refresh() {
        db::Transaction tx = co_await database_.db().begin();
        const auto gazetteer = geo::GazetteerData::load(SAFARGO_DATA_DIR);
        co_await PlaceNames().refresh(tx, gazetteer, clock_.now());
        co_await tx.commit();
    }

    static constexpr db::Statement take_events{"test_take_events", R"(
        with taken as (delete from outbox where kind = 'place.changed' returning id, ordering_key, payload)
        select ordering_key, payload from taken order by id)"};

    testing::TestDatabase database_;
    FakeClock clock_{parse_instant("2026-11-30T03:00:00Z").value()};
    IndexDouble index_;
    IndexKeeper keeper_{database_.db(), &index_};
    NamedRows rows_;

private:
    Task<void> saved(std::string name) {
        db::Transaction tx = co_await database_.db().begin();
        EXPECT_TRUE(co_await PlaceEditor().save(tx, draft(name), clock_.now()));
        co_await tx.commit();
    }
    Task<void> removed(std::string slug) {
        db::Transaction tx = co_await database_.db().begin();
        EXPECT_TRUE(co_await PlaceEditor().remove(tx, slug, clock_.now()));
        co_await tx.commit();
    }
};

TEST_F(IndexKeeperTest, TheFirstLoadIsNoNewsAndNeitherIsASecond) {
    EXPECT_THAT(events(), IsEmpty());
    EXPECT_EQ(count(), 254 + 1'541 + 13);
}

TEST_F(IndexKeeperTest, BuildsAnIndexWhereThereIsNone) {
    testing::run(keeper_.repair());
    EXPECT_EQ(index_.rebuilds, 1);
    EXPECT_EQ(std::ssize(*index_.present), count());
    const PlaceDocument* timgad = indexed("timgad");
    ASSERT_NE(timgad, nullptr);
    EXPECT_THAT(timgad->names, ::testing::Contains("تيمقاد (ثاموقادي)"));
    EXPECT_EQ(timgad->type, "heritage");
    EXPECT_EQ(timgad->wilaya, 5);
    EXPECT_EQ(timgad->weight, 550);
    EXPECT_THAT(timgad->description_fr, ::testing::StartsWith("Colonie fondée par Trajan"));
    const PlaceDocument* bejaia = indexed("0601", NamedKind::commune);
    ASSERT_NE(bejaia, nullptr);
    EXPECT_THAT(bejaia->names, ::testing::Contains("Bgayet"));
    testing::run(keeper_.repair());
    EXPECT_EQ(index_.rebuilds, 1) << "it is there now";
    EXPECT_EQ(index_.writes, 0);
}

TEST_F(IndexKeeperTest, AChangeReachesTheIndexByItsEvent) {
    testing::run(keeper_.repair());
    save("Gouffre du Léopard");
    const auto news = events();
    ASSERT_THAT(news, SizeIs(1));
    EXPECT_EQ(indexed("gouffre"), nullptr) << "only once it is delivered";
    deliver(news[0]);
    ASSERT_NE(indexed("gouffre"), nullptr);
    EXPECT_THAT(indexed("gouffre")->names, ::testing::Contains("Ifri n Dellal"));
    remove("gouffre");
    const auto gone = events();
    ASSERT_THAT(gone, SizeIs(1));
    deliver(gone[0]);
    EXPECT_EQ(indexed("gouffre"), nullptr);
}

TEST_F(IndexKeeperTest, ALateEventBringsBackNothingOld) {
    testing::run(keeper_.repair());
    save("Gouffre");
    save("Gouffre du Léopard");
    const auto news = events();
    ASSERT_THAT(news, SizeIs(2));
    deliver(news[1]);
    deliver(news[0]);
    deliver(news[1]);
    EXPECT_EQ(indexed("gouffre")->names.front(), "Gouffre du Léopard");
    remove("gouffre");
    deliver(events()[0]);
    deliver(news[0]);
    EXPECT_EQ(indexed("gouffre"), nullptr);
}

TEST_F(IndexKeeperTest, ADescriptionIsAChangeToo) {
    testing::run(keeper_.repair());
    database_.execute("update places set description_fr = 'Ruines', version = version + 1 where slug = 'timgad'");
    testing::run(refresh());
    const auto news = events();
    ASSERT_THAT(news, SizeIs(1));
    deliver(news[0]);
    EXPECT_EQ(indexed("timgad")->description_fr, "Ruines");
}

TEST_F(IndexKeeperTest, WithoutAnIndexEventsAreDoneAtOnce) {
    IndexKeeper nobody(database_.db(), nullptr);
    save("Gouffre");
    const db::Subscription subscription = nobody.subscription();
    for (const db::OutboxMessage& message : events())
        testing::run((*subscription.handler_of("place.changed"))(message));
    EXPECT_EQ(index_.writes, 0);
}

TEST_F(IndexKeeperTest, AFailingIndexIsAskedAgainLater) {
    testing::run(keeper_.repair());
    save("Gouffre");
    const auto news = events();
    index_.fault = IndexDouble::Fault::unavailable;
    EXPECT_THROW(deliver(news[0]), DependencyUnavailable);
    EXPECT_THROW(testing::run(keeper_.repair()), DependencyUnavailable);
    index_.fault = IndexDouble::Fault::none;
    deliver(news[0]);
    EXPECT_NE(indexed("gouffre"), nullptr);
}

TEST_F(IndexKeeperTest, ARepairMakesUpForLostEvents) {
    testing::run(keeper_.repair());
    save("Gouffre");
    events();
    index_.present->erase({NamedKind::place, "timgad"});
    (*index_.present)[{NamedKind::place, "atlantis"}] = {.code = "atlantis", .version = 1};
    testing::run(keeper_.repair());
    EXPECT_NE(indexed("gouffre"), nullptr);
    EXPECT_NE(indexed("timgad"), nullptr);
    EXPECT_EQ(indexed("atlantis"), nullptr);
    EXPECT_EQ(index_.rebuilds, 1);
}

TEST_F(IndexKeeperTest, ARebuildTakesOverWhatChangedMeanwhile) {
    testing::run(keeper_.repair());
    // Its documents come after the first part; the old index hears of the change, the new one does not.
    index_.while_filling = [this] {
        database_.execute(R"(
        update named_places set version = nextval('named_places_version'), names = '{Adrar la rouge}'
        where kind = 'commune' and code = '0101')");
    };
    std::vector<std::pair<std::size_t, std::size_t>> steps;
    const RebuildReport report =
        testing::run(keeper_.rebuild([&](std::size_t done, std::size_t total) { steps.emplace_back(done, total); }));
    EXPECT_EQ(report.documents, 1'808U);
    EXPECT_EQ(steps.front(), std::pair(std::size_t{0}, std::size_t{1'808}));
    EXPECT_EQ(steps.back(), std::pair(std::size_t{1'808}, std::size_t{1'808}));
    EXPECT_THAT(indexed("0101", NamedKind::commune)->names, ElementsAre("Adrar la rouge"));
}

TEST_F(IndexKeeperTest, WhatCannotBeFilledIsAbandoned) {
    index_.refuses_documents = true;
    EXPECT_THROW(testing::run(keeper_.repair()), DependencyUnavailable);
    EXPECT_EQ(index_.abandoned, 1);
    EXPECT_EQ(index_.present, std::nullopt);
    index_.refuses_documents = false;
    testing::run(keeper_.repair());
    EXPECT_EQ(index_.abandoned, 1);
    EXPECT_EQ(std::ssize(*index_.present), count());
}

TEST_F(IndexKeeperTest, AnIndexThatStaysAwayIsBuiltOnceAtATime) {
    index_.forgets = true;
    testing::run(keeper_.repair());
    EXPECT_EQ(index_.rebuilds, 1);
}

}  // namespace
}  // namespace safargo::places
