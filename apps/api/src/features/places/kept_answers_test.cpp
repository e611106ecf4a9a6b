// Answers from memory are those of the database, and an edit is seen within a second.
#include "api/public_answers.hpp"
#include "features/places/routes.hpp"
#include "features/places/version_watch.hpp"
#include "seed/seed.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <random>
#include <vector>

namespace safargo::places {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using Clock = std::chrono::steady_clock;

class OneUser final : public api::Authenticator {
public:
    Task<Result<Caller>> authenticate(std::string) override {
        Caller caller;
        caller.id = UserId::make(*parse_instant("2026-11-24T06:00:00Z"));
        co_return caller;
    }
};

class NoLimit final : public RateLimiter {
public:
    Task<RateDecision> take_by(std::string_view, unsigned limit, std::chrono::seconds, Deadline) override {
        co_return RateDecision{.allowed = true, .limit = limit, .remaining = limit};
    }
};

class KeptPlacesTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        database = std::make_unique<testing::TestDatabase>();
        testing::run(seed::load_reference(database->db(), SAFARGO_DATA_DIR, [](auto, auto, auto) {}));
    }
    static void TearDownTestSuite() { database.reset(); }
    static inline std::unique_ptr<testing::TestDatabase> database;

    KeptPlacesTest() {
        add_routes(kept_endpoints_, service_, &answers_);
        add_routes(fresh_endpoints_, service_);
    }

    static http::Response ask(const http::Router& router, const std::string& path, Language language, bool signed_in) {
        http::Request request;
        request.method = http::Method::get;
        request.path = "/api/v1" + path.substr(0, path.find('?'));
        request.query = path.contains('?') ? path.substr(path.find('?') + 1) : "";
        request.context.language = language;
        if (signed_in) request.headers.emplace_back("Authorization", "Bearer somebody");
        http::Match match = router.match(request.method, request.path);
        request.params = match.params;
        return testing::run(match.route->handler(request));
    }
    http::Response get(const std::string& path, Language language = Language::fr, bool signed_in = false) {
        return ask(kept_, path, language, signed_in);
    }
    http::Response fresh(const std::string& path, Language language = Language::fr) {
        return ask(fresh_, path, language, false);
    }

    static std::int64_t version() { return testing::run(read_version()); }
    static Task<std::int64_t> read_version() {
        static constexpr db::Statement version{"test_version", "select version from places_version"};
        co_return (co_await database->db().query(version))[0].get<std::int64_t>(0);
    }
    void confirm() { shared.version.confirm(version(), Clock::now()); }
    static void rename(const std::string& slug, const std::string& name) {
        database->execute("update places set name_fr = '" + name + "' where slug = '" + slug + "'");
    }

    void watch_until(std::function<bool()> done) {
        std::atomic<bool> stopping = false;
        std::vector<Task<void>> both;
        both.push_back(watch_version(database->db(), shared.version, stopping));
        both.push_back(stop_when(std::move(done), stopping));
        testing::run_all(std::move(both));
    }
    static Task<void> stop_when(std::function<bool()> done, std::atomic<bool>& stopping) {
        while (!done()) co_await database->db().ping();
        stopping = true;
    }

    api::SharedAnswers shared;
    std::int64_t version_now = version();

private:
    FakeClock clock_{parse_instant("2026-11-24T06:00:00Z").value()};
    OneUser user_;
    NoLimit no_limit_;
    api::CursorSigner cursors_{"0123456789abcdef0123456789abcdef"};
    api::Runtime runtime_{database->db(), user_, no_limit_, clock_};
    const geo::Gazetteer algeria_ = geo::Gazetteer::load(SAFARGO_DATA_DIR);
    PlaceService service_{database->db(), nullptr, algeria_, cursors_};
    api::PublicAnswers answers_{shared, nullptr, "1.0.0"};
    http::Router kept_, fresh_;
    api::Endpoints kept_endpoints_{kept_, runtime_}, fresh_endpoints_{fresh_, runtime_};
};

TEST_F(KeptPlacesTest, TheVersionGrowsOnceWithEachCommitThatChangesWhatIsShown) {
    const std::int64_t before = version();
    rename("timgad", "Timgad 1");
    EXPECT_EQ(version(), before + 1);
    database->execute("update places set popularity = popularity + 1");
    EXPECT_EQ(version(), before + 2) << "a thousand rows, one commit";
    database->execute("begin; update places set rating_sum = 5; delete from places where slug = 'atlantis'; rollback");
    EXPECT_EQ(version(), before + 2);
    database->execute("update wilayas set name_fr = name_fr where code = 16");
    EXPECT_EQ(version(), before + 3) << "shown with each of its places";
    database->execute("begin; update wilayas set name_fr = name_fr; update places set rating_sum = 4; commit");
    EXPECT_EQ(version(), before + 4);
}

// The version is counted by the commit, in its order, and holds up nobody before it.
TEST_F(KeptPlacesTest, EditsOfDifferentPlacesDoNotWaitForEachOther) {
    const std::int64_t before = version();
    testing::run(database->db().transact<Nothing>([](db::Transaction& outer) -> Task<Result<Nothing>> {
        static constexpr db::Statement edit{"test_edit", "update places set rating_sum = 3 where slug = 'timgad'"};
        co_await outer.query(edit);
        database->execute("set statement_timeout = '5s'; update places set rating_sum = 2 where slug = 'djemila'");
        co_return Nothing{};
    }));
    EXPECT_EQ(version(), before + 2);
}

TEST_F(KeptPlacesTest, AnswersAreTheDatabasesWhateverIsEditedAndAsked) {
    const std::vector<std::string> paths{"/places",
                                         "/places?limit=100",
                                         "/places?type=beach&wilaya=16",
                                         "/places?q=timgad",
                                         "/places?near=36.75,3.05&radius_km=50",
                                         "/places?sort=rating&limit=3",
                                         "/places?limit=0",
                                         "/places/timgad",
                                         "/places/djemila",
                                         "/places/atlantis"};
    std::mt19937 random(20261130);
    const auto any = [&random](std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
    };
    for (int i = 0; i < 200; ++i) {
        if (any(10) == 0) {
            rename(any(2) == 0 ? "timgad" : "djemila", "Nom " + std::to_string(i));
            confirm();
        }
        if (i % 50 == 0) confirm();
        const std::string& path = paths[any(paths.size())];
        const auto language = static_cast<Language>(any(3));
        const http::Response kept = get(path, language, any(2) == 0), made = fresh(path, language);
        ASSERT_EQ(kept.status, made.status) << path;
        ASSERT_EQ(kept.header("ETag"), made.header("ETag")) << path;
        if (made.status == 200) ASSERT_EQ(kept.body, made.body) << path;
    }
    EXPECT_GT(shared.memory.entries(), 10U);
}

TEST_F(KeptPlacesTest, WhoIsSignedInGetsTheSameAnswer) {
    confirm();
    const http::Response anonymous = get("/places/timgad"), known = get("/places/timgad", Language::fr, true);
    EXPECT_EQ(anonymous.body, known.body);
    EXPECT_EQ(anonymous.header("ETag"), known.header("ETag"));
}

// The watch reads four times a second, and what was not confirmed for most of a second is not served.
TEST_F(KeptPlacesTest, AnEditIsSeenWithinASecond) {
    watch_until([this] { return shared.version.current() == version_now; });
    get("/places/timgad");
    EXPECT_EQ(shared.memory.entries(), 1U);
    rename("timgad", "Cite de Trajan");
    EXPECT_THAT(get("/places/timgad").body, Not(HasSubstr("Cite de Trajan"))) << "from memory";
    version_now = version();
    watch_until([this] { return shared.version.current() == version_now; });
    EXPECT_THAT(get("/places/timgad").body, HasSubstr("Cite de Trajan"));
}

TEST_F(KeptPlacesTest, AnEditIsSeenWithinASecondEvenIfTheWatchIsCutOff) {
    confirm();
    get("/places/timgad");
    rename("timgad", "Ville de Trajan");
    shared.version.confirm(version() - 1, Clock::now() - api::DataVersion::longest - 1ms);  // that time has passed
    EXPECT_THAT(get("/places/timgad").body, HasSubstr("Ville de Trajan"));
}

}  // namespace
}  // namespace safargo::places
