// The demo as seen by a newcomer with the most usual searches.
#include "contract/query.hpp"
#include "features/search/service.hpp"
#include "features/search/trip_feed.hpp"
#include "seed/seed.hpp"
#include "testing/test_database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace safargo::seed {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using testing::run;

const Progress silent = [](std::string_view, std::size_t, std::size_t) {};

// Loaded as by ./safargo up, on a Monday night.
class DemoSearch : public ::testing::Test {
protected:
    struct Loaded {
        Loaded() {
            run(load_reference(database.db(), SAFARGO_DATA_DIR, silent));
            load(start);
        }
        void load(Instant now) {
            static const geo::Gazetteer gazetteer = geo::Gazetteer::load(SAFARGO_DATA_DIR);
            static const geo::RoadGraph roads = geo::RoadGraph::load(SAFARGO_DATA_DIR);
            clock.set(now);
            run(load_demo(database.db(), {.data_dir = SAFARGO_DATA_DIR}, clock, roads, gazetteer, silent));
            run(feed.poll());
        }

        Instant start = parse_instant("2026-11-23T22:30:00Z").value();
        testing::TestDatabase database;
        FakeClock clock{start};
        matching::TripIndex index;
        search::DriverCards drivers;
        search::FeedObserver nobody;
        search::TripFeed feed{database.db(), index, drivers, nobody};
        api::CursorSigner cursors{"a secret of at least thirty-two bytes"};
        search::SearchService service{database.db(), index, drivers, cursors, clock};
    };
    static void SetUpTestSuite() { demo = std::make_unique<Loaded>(); }
    static void TearDownTestSuite() { demo.reset(); }

    // Results for an anonymous search with the default radius.
    static std::int64_t found(const std::string& way, Instant now, const std::string& more = {}) {
        demo->clock.set(now);
        const auto wanted = contract::parse_query<search::SearchQuery>(way + more).value();
        return run(demo->service.search(std::nullopt, wanted))->total;
    }

    static std::unique_ptr<Loaded> demo;
};
std::unique_ptr<DemoSearch::Loaded> DemoSearch::demo;

const std::string from_alger = "from=36.7538,3.0588&to=35.6971,-0.6308";
const std::string from_oran = "from=35.6971,-0.6308&to=36.7538,3.0588";

TEST_F(DemoSearch, AlgerAndOranAreConnectedAtAnyHourOfAnyDay) {
    for (int hour = 0; hour < 7 * 24; ++hour) {
        const Instant now = demo->start + std::chrono::hours{hour};
        EXPECT_GE(found(from_alger, now), 20) << format_instant(now);
        EXPECT_GE(found(from_oran, now), 20) << format_instant(now);
        EXPECT_GE(found(from_alger, now, "&seats=2"), 10) << format_instant(now);
    }
}

TEST_F(DemoSearch, EveryDayHasTripsBetweenAlgerAndOran) {
    for (int ahead = 1; ahead < 30; ++ahead) {
        const LocalDate day{LocalDate::of(demo->start).days + days{ahead}};
        EXPECT_GE(found(from_alger, demo->start, "&date=" + day.str()), 2) << day.str();
        EXPECT_GE(found(from_oran, demo->start, "&date=" + day.str()), 2) << day.str();
    }
}

TEST_F(DemoSearch, TodayHasATripUntilTheEvening) {
    for (int ahead = 1; ahead < 8; ++ahead) {
        const LocalDate day{LocalDate::of(demo->start).days + days{ahead}};
        for (int hour = 0; hour < 20; ++hour) {
            EXPECT_GE(found(from_alger, day.begins() + std::chrono::hours{hour}, "&date=" + day.str()), 1)
                << day.str() << " at " << hour;
        }
    }
}

TEST_F(DemoSearch, OtherLinesBetweenLargeTownsAreFound) {
    const std::string alger = "36.7538,3.0588", constantine = "36.365,6.6147", bejaia = "36.7515,5.0557";
    for (const auto& other : {constantine, bejaia}) {
        EXPECT_GE(found("from=" + alger + "&to=" + other, demo->start), 5) << other;
        EXPECT_GE(found("from=" + other + "&to=" + alger, demo->start), 5) << other;
    }
}

}  // namespace
}  // namespace safargo::seed
