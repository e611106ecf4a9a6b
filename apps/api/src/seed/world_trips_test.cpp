#include "seed/world_trips.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace safargo::seed {
namespace {

struct Country {
    geo::Gazetteer gazetteer = geo::Gazetteer::load(SAFARGO_DATA_DIR);
    geo::RoadGraph roads = geo::RoadGraph::load(SAFARGO_DATA_DIR);
    DemandModel demand{gazetteer, roads, read_wilaya_pairs(SAFARGO_DATA_DIR)};

    TripGenerator generator(std::size_t trips) const {
        TripPlan plan;
        plan.trips_in_30_days = trips;
        plan.shared_itineraries = 200;
        return {demand, make_world_drivers(1, trips, gazetteer), std::move(plan)};
    }
};

const Country& algeria() {
    static const Country country;
    return country;
}

std::vector<trips::Trip> all(const TripGenerator& generator, Instant start, std::size_t count) {
    WorldTrips world(generator, start, count);
    std::vector<trips::Trip> trips;
    while (auto trip = world.next()) trips.push_back(std::move(*trip));
    return trips;
}

std::map<LocalDate, int> per_day(const std::vector<trips::Trip>& trips) {
    std::map<LocalDate, int> counts;
    for (const trips::Trip& trip : trips) ++counts[LocalDate::of(trip.departure())];
    return counts;
}

Instant at(std::string_view text) {
    return parse_instant(text).value();
}

TEST(WorldTrips, AreExactlyTheRequestedNumberForAnyStart) {
    const TripGenerator generator = algeria().generator(1'000);
    for (const char* text : {"2026-11-24T00:00:00Z", "2026-11-24T12:00:00Z", "2026-11-24T22:59:59Z"}) {
        const auto trips = all(generator, at(text), 1'000);
        EXPECT_EQ(trips.size(), 1'000U) << text;
        std::set<TripId> ids;
        for (const trips::Trip& trip : trips) {
            ids.insert(trip.id);
            EXPECT_GT(trip.departure(), at(text));
            EXPECT_LE(trip.departure(), at(text) + std::chrono::days{30});
        }
        EXPECT_EQ(ids.size(), trips.size()) << text;
    }
}

TEST(WorldTrips, AreMoreOnBusyDays) {
    const auto counts = per_day(all(algeria().generator(6'000), at("2026-11-24T00:00:00Z"), 6'000));
    const auto on = [&](std::string_view day) { return counts.at(LocalDate::parse(day).value()); };
    EXPECT_EQ(counts.size(), 30U);
    EXPECT_GT(on("2026-12-03"), 1.5 * on("2026-12-04"));  // Thursday, Friday
}

TEST(WorldTrips, StopWhenNoDriverIsFree) {
    // 120 drivers, each working every second day, at most four times: too few for ten thousand trips.
    const auto trips = all(algeria().generator(1'000), at("2026-11-24T00:00:00Z"), 10'000);
    EXPECT_GT(trips.size(), 1'000U);
    EXPECT_LE(trips.size(), 120U * 15 * 4);
    EXPECT_EQ(per_day(trips).size(), 30U);
}

TEST(WorldTrips, NeverPutADriverInTwoPlaces) {
    auto trips = all(algeria().generator(3'000), at("2026-11-24T09:00:00Z"), 3'000);
    std::ranges::sort(trips, [](const trips::Trip& a, const trips::Trip& b) {
        return std::pair(a.driver, a.departure()) < std::pair(b.driver, b.departure());
    });
    for (std::size_t i = 1; i < trips.size(); ++i)
        if (trips[i - 1].driver == trips[i].driver) EXPECT_LT(trips[i - 1].arrival(), trips[i].departure());
}

TEST(WorldDrivers, AreUniqueAndJoinedAtDifferentTimes) {
    const auto drivers = make_world_drivers(1, 32'000, algeria().gazetteer);
    ASSERT_EQ(drivers.size(), 2'000U);
    std::set<UserId> ids;
    std::set<Instant> moments;
    for (const DemoDriver& driver : drivers) {
        ids.insert(driver.id);
        moments.insert(driver.joined_at);
    }
    EXPECT_EQ(ids.size(), drivers.size());
    EXPECT_GT(moments.size(), 1'990U);
}

}  // namespace
}  // namespace safargo::seed
