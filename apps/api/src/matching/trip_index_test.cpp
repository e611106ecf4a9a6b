// The writer's interface and what readers see: versions, batches, malformed rows, freed memory.
#include "matching/trip_index.hpp"

#include "matching/testing/random_world.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <limits>

namespace safargo::matching {
namespace {

using namespace std::chrono_literals;
using testing::RandomWorld;
using testing::Region;

class TripIndexTest : public ::testing::Test {
protected:
    TripIndexTest() {
        row_ = world_.trip();
        row_.version = 10;
        row_.preferences.women_only = false;
        row_.stops = {{{36.75, 3.06}, RandomWorld::start() + 5h, {0}},
                      {{35.70, -0.63}, RandomWorld::start() + 9h, {900}}};
        row_.leg_seats = {3};
        query_.from = row_.stops[0].at;
        query_.to = row_.stops[1].at;
        query_.begin = RandomWorld::start();
        query_.end = RandomWorld::start() + 24h;
    }
    TripRow version(std::int64_t number, std::uint8_t seats) {
        TripRow row = row_;
        row.version = number;
        row.leg_seats = {seats};
        return row;
    }
    int seats() {  // of the only match; -1 if there is none
        const Page page = index_.search(query_);
        return page.items.empty() ? -1 : page.items.at(0).seats_left;
    }

    RandomWorld world_{3, Region::algeria};
    TripIndex index_;
    TripRow row_;
    Query query_;
};

TEST_F(TripIndexTest, NothingIsVisibleBeforePublishAndEverythingAfter) {
    EXPECT_EQ(index_.apply(row_), Applied::accepted);
    EXPECT_EQ(seats(), -1);
    EXPECT_EQ(index_.size(), 0u);
    index_.publish();
    EXPECT_EQ(seats(), 3);
    EXPECT_EQ(index_.size(), 1u);
}

TEST_F(TripIndexTest, SeatChangesAreVisibleAndNeverDuplicated) {
    index_.apply(row_);
    index_.publish();
    for (std::int64_t change = 1; change <= 50; ++change) {
        EXPECT_EQ(index_.apply(version(10 + change, static_cast<std::uint8_t>(1 + change % 4))), Applied::accepted);
        index_.publish();
        ASSERT_EQ(index_.search(query_).total, 1u);
        ASSERT_EQ(seats(), 1 + change % 4);
    }
    EXPECT_EQ(index_.size(), 1u);
    EXPECT_EQ(index_.stats().shards, 1u);
}

TEST_F(TripIndexTest, AnOlderVersionNeverOverwritesANewerOne) {
    index_.apply(version(12, 2));
    EXPECT_EQ(index_.apply(version(11, 4)), Applied::stale);  // in the same batch
    index_.publish();
    EXPECT_EQ(index_.apply(version(11, 4)), Applied::stale);  // published
    EXPECT_EQ(index_.apply(version(12, 4)), Applied::stale);  // equal
    EXPECT_EQ(index_.remove(row_.id, 11), Applied::stale);
    index_.publish();
    EXPECT_EQ(seats(), 2);
}

// Reviews and documents change a driver without changing their trips.
TEST_F(TripIndexTest, TheDriverRankOfAKnownVersionIsReplaced) {
    const auto driver_rank = [&](float rating, bool verified) {
        TripRow row = version(12, 2);
        row.driver_rank = {rating, verified};
        return row;
    };
    const auto score = [&] { return index_.search(query_).items.at(0).score; };
    index_.apply(driver_rank(4.0F, false));
    index_.publish();
    const double before = score();
    query_.filters.min_rating = 4.6F;
    EXPECT_EQ(seats(), -1);
    EXPECT_EQ(index_.apply(driver_rank(4.6F, false)), Applied::accepted);
    EXPECT_EQ(index_.apply(driver_rank(4.6F, false)), Applied::stale) << "in the same batch";
    index_.publish();
    EXPECT_EQ(seats(), 2);
    EXPECT_NEAR(score() - before, 0.2 * 0.6 / 4, 0.0002);
    EXPECT_EQ(index_.apply(driver_rank(4.6F, false)), Applied::stale) << "published";
    EXPECT_EQ(index_.apply(driver_rank(4.5F, false)), Applied::accepted);
    index_.publish();
    EXPECT_EQ(seats(), -1) << "and back";
    query_.filters = {.verified_only = true};
    EXPECT_EQ(index_.apply(driver_rank(4.5F, true)), Applied::accepted);
    index_.publish();
    EXPECT_EQ(seats(), 2);
    EXPECT_EQ(index_.apply(driver_rank(-1, false)), Applied::accepted);
    index_.publish();
    EXPECT_EQ(seats(), -1);
    EXPECT_EQ(index_.size(), 1U);
    EXPECT_EQ(index_.stats().routes, 1U);
}

TEST_F(TripIndexTest, TheDriverRankInAnOlderVersionIsIgnored) {
    TripRow row = version(12, 2);
    index_.apply(row);
    index_.publish();
    row.version = 11;
    row.driver_rank = {5.0F, true};
    EXPECT_EQ(index_.apply(row), Applied::stale);
    index_.remove(row.id, 12);
    row.version = 12;
    EXPECT_EQ(index_.apply(row), Applied::stale) << "nor does it bring a removed trip back";
}

TEST_F(TripIndexTest, ARemovedTripStaysAwayUntilANewerVersion) {
    index_.apply(version(12, 2));
    index_.publish();
    EXPECT_EQ(index_.remove(row_.id, 12), Applied::accepted);
    EXPECT_EQ(index_.apply(version(12, 3)), Applied::stale);  // in the same batch
    index_.publish();
    EXPECT_EQ(seats(), -1);
    EXPECT_EQ(index_.size(), 0u);
    EXPECT_EQ(index_.remove(row_.id, 12), Applied::stale);
    EXPECT_EQ(index_.apply(version(12, 3)), Applied::stale);  // published
    EXPECT_EQ(index_.apply(version(13, 4)), Applied::accepted);
    index_.publish();
    EXPECT_EQ(seats(), 4);
}

TEST_F(TripIndexTest, ARemovalMayArriveBeforeItsTrip) {
    EXPECT_EQ(index_.remove(row_.id, 12), Applied::accepted);
    index_.publish();
    EXPECT_EQ(index_.apply(version(11, 3)), Applied::stale);
    index_.publish();
    EXPECT_EQ(seats(), -1);
    index_.forget_removed();
    EXPECT_EQ(index_.apply(version(11, 3)), Applied::accepted);
}

TEST_F(TripIndexTest, ATripMovesToAnotherDay) {
    index_.apply(row_);
    index_.publish();
    TripRow moved = version(11, 2);
    for (TripStop& stop : moved.stops) stop.time += 48h;
    index_.apply(moved);
    index_.publish();
    EXPECT_EQ(seats(), -1);
    query_.end += 48h;
    EXPECT_EQ(index_.search(query_).total, 1u);
    EXPECT_EQ(seats(), 2);
}

TEST_F(TripIndexTest, AMalformedRowLeavesTheIndex) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<std::function<void(TripRow&)>> ways = {
        [](TripRow& row) { row.stops.pop_back(); },
        [](TripRow& row) { row.stops.resize(11, row.stops.back()), row.leg_seats.resize(10); },
        [](TripRow& row) { row.leg_seats.push_back(1); },
        [](TripRow& row) { row.leg_seats[0] = 9; },
        [](TripRow& row) { row.stops[1].time = row.stops[0].time - 1us; },
        [](TripRow& row) { row.stops[1].time += std::chrono::days(60); },
        [](TripRow& row) { row.stops[0].time = Instant::max(), row.stops[1].time = Instant::max(); },
        [](TripRow& row) { row.stops[1].price = Dinars{3'000'000}; },
        [&](TripRow& row) { row.stops[0].at.lat = nan; },
        [](TripRow& row) { row.stops[1].at.lng = 180.5; },
    };
    std::int64_t number = 10;
    for (const auto& spoil : ways) {
        ASSERT_EQ(index_.apply(version(++number, 2)), Applied::accepted);
        index_.publish();
        ASSERT_EQ(seats(), 2);
        TripRow spoilt = version(++number, 2);
        spoil(spoilt);
        EXPECT_EQ(index_.apply(spoilt), Applied::malformed) << number;
        index_.publish();
        EXPECT_EQ(seats(), -1) << number;
    }
}

TEST_F(TripIndexTest, PublishingNothingChangesNothing) {
    index_.apply(row_);
    index_.publish();
    index_.publish();
    EXPECT_EQ(seats(), 3);
}

TEST_F(TripIndexTest, TripsOfOneRouteShareItAndTheLastReleasesIt) {
    std::vector<TripRow> rows;
    for (int k = 0; k < 500; ++k) {
        rows.push_back(row_);
        rows.back().id = world_.trip().id;
        index_.apply(rows.back());
    }
    index_.publish();
    EXPECT_EQ(index_.stats().routes, 1u);
    const auto full = index_.stats().trip_bytes;
    for (const TripRow& row : rows) index_.remove(row.id, 20);
    index_.publish();
    index_.forget_removed();
    EXPECT_EQ(index_.stats().routes, 0u);
    EXPECT_EQ(index_.stats().shards, 0u);
    EXPECT_LT(index_.stats().trip_bytes, full / 2);
    EXPECT_EQ(index_.size(), 0u);
}

TEST_F(TripIndexTest, ManySmallPublishesLeaveFewShards) {
    for (int k = 0; k < 3'000; ++k) {
        TripRow row = row_;
        row.id = world_.trip().id;
        index_.apply(row);
        index_.publish();
    }
    EXPECT_EQ(index_.search(query_).total, 3'000u);
    EXPECT_LE(index_.stats().shards, 6u);
}

TEST_F(TripIndexTest, ABucketMayExceedOneShard) {
    constexpr int trips = 70'000;
    TripRow row = row_;
    for (int k = 0; k < trips; ++k) {
        std::memcpy(row.id.value.bytes.data(), &k, sizeof k);
        index_.apply(row);
    }
    index_.publish();
    EXPECT_EQ(index_.search(query_).total, 70'000u);
    EXPECT_EQ(index_.stats().shards, 3u);
}

}  // namespace
}  // namespace safargo::matching
