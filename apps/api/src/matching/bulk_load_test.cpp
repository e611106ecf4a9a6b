// Trips loaded in bulk are found as if applied one by one.
#include "matching/bulk_load.hpp"

#include "matching/testing/random_world.hpp"
#include "matching/testing/reference_search.hpp"

#include <gtest/gtest.h>
#include <boost/unordered/unordered_flat_map.hpp>

#include <atomic>
#include <cstring>
#include <stdexcept>

namespace safargo::matching {
namespace {

using testing::RandomWorld;
using testing::ReferenceIndex;
using testing::Region;

void load(TripIndex& index, const std::vector<TripRow>& rows) {
    auto bulk = index.start_bulk_load();
    ASSERT_NE(bulk, nullptr);
    for (const TripRow& row : rows) bulk->add(row);
    EXPECT_EQ(bulk->size(), rows.size());
    EXPECT_EQ(index.size(), 0u) << "nothing is visible before publishing";
    index.publish(std::move(bulk));
    EXPECT_EQ(index.size(), rows.size());
}

std::vector<TripRow> trips(RandomWorld& world, int number) {
    std::vector<TripRow> rows;
    for (int k = 0; k < number; ++k) rows.push_back(world.trip());
    return rows;
}

// Searches equal the reference's after the load and after later changes.
void compare(Region region) {
    RandomWorld world(11, region);
    TripIndex index;
    ReferenceIndex reference;
    std::vector<TripRow> rows = trips(world, 3'000);
    for (const TripRow& row : rows) reference.apply(row);
    load(index, rows);
    for (int k = 0; k < 200; ++k) {
        const Query query = world.query(rows);
        const Page page = index.search(query), expected = reference.search(query);
        ASSERT_EQ(page.total, expected.total) << k;
        ASSERT_TRUE(page.items == expected.items) << k;
        if (k % 20 != 0) continue;
        rows.push_back(world.changed(world.pick(rows)));
        index.apply(rows.back());
        reference.apply(rows.back());
        const TripRow gone = world.pick(rows);
        index.remove(gone.id, gone.version);
        reference.remove(gone.id, gone.version);
        index.publish();
    }
}

TEST(BulkLoad, EqualsTheReference) {
    for (const Region region : {Region::algeria, Region::one_town, Region::antimeridian, Region::pole}) {
        SCOPED_TRACE(static_cast<int>(region));
        compare(region);
    }
}

TEST(BulkLoad, NeedsAnEmptyIndex) {
    RandomWorld world(12, Region::algeria);
    TripIndex index;
    TripRow row = world.trip();
    index.apply(row);
    EXPECT_EQ(index.start_bulk_load(), nullptr) << "waiting";
    index.publish();
    EXPECT_EQ(index.start_bulk_load(), nullptr) << "published";
    index.remove(row.id, row.version);
    index.publish();
    EXPECT_EQ(index.start_bulk_load(), nullptr) << "it could bring back a late older row";
    index.forget_removed();
    load(index, {row});
}

TEST(BulkLoad, MayBeAbandonedAndRestarted) {
    RandomWorld world(13, Region::algeria);
    TripIndex index;
    const std::vector<TripRow> rows = trips(world, 100);
    {
        auto bulk = index.start_bulk_load();
        for (const TripRow& row : rows) bulk->add(row);
        EXPECT_GT(index.stats().routes, 0u);
    }
    EXPECT_EQ(index.stats().routes, 0u);
    load(index, rows);
    for (const TripRow& row : rows) index.remove(row.id, row.version);
    index.publish();
    EXPECT_EQ(index.stats().routes, 0u) << "nothing else refers to them";
}

TEST(BulkLoad, SkipsMalformedTrips) {
    RandomWorld world(14, Region::algeria);
    TripIndex index;
    TripRow row = world.trip();
    auto bulk = index.start_bulk_load();
    EXPECT_EQ(bulk->add(row), Applied::accepted);
    row.stops.clear();
    EXPECT_EQ(bulk->add(row), Applied::malformed);
    index.publish(std::move(bulk));
    EXPECT_EQ(index.size(), 1u);
}

TEST(BulkLoad, RanksByDriversLoadedAfterTheirTrips) {
    RandomWorld world(16, Region::algeria);
    TripIndex index;
    ReferenceIndex reference;
    auto bulk = index.start_bulk_load();
    std::vector<TripRow> rows = trips(world, 3'000);
    boost::unordered_flat_map<UserId, DriverRank, IdHash> known;
    for (TripRow& row : rows) {
        row.driver_rank = known.try_emplace(row.driver, row.driver_rank).first->second;
        reference.apply(row);
        TripRow unranked = row;
        unranked.driver_rank = {.rating = 1, .verified = !row.driver_rank.verified};
        bulk->add(unranked);
    }
    bulk->rank_by([&](UserId driver) { return known.at(driver); });
    index.publish(std::move(bulk));
    for (int k = 0; k < 100; ++k) {
        const Query query = world.query(rows);
        const Page page = index.search(query), expected = reference.search(query);
        ASSERT_EQ(page.total, expected.total) << k;
        ASSERT_TRUE(page.items == expected.items) << k;
    }
}

TEST(BulkLoad, ThatCannotBePackedLeavesNothing) {
    RandomWorld world(17, Region::algeria);
    RouteTable routes;
    TripDirectory directory;
    {
        BulkLoad bulk(routes);
        for (const TripRow& row : trips(world, 3'000)) bulk.add(row);
        std::atomic<int> asked = 0;
        bulk.rank_by([&](UserId) {
            if (++asked > 1'000) throw std::runtime_error("no driver");
            return DriverRank{};
        });
        EXPECT_THROW(bulk.build(directory), std::runtime_error);
    }
    EXPECT_EQ(routes.size(), 0u);
}

TEST(BulkLoad, OfNothingLeavesNothing) {
    TripIndex index;
    load(index, {});
    EXPECT_EQ(index.stats().shards, 0u);
}

TEST(BulkLoad, ABucketMayExceedOneShard) {
    RandomWorld world(15, Region::algeria);
    TripIndex index;
    std::vector<TripRow> rows(70'000, world.trip());
    for (std::size_t k = 0; k < rows.size(); ++k) std::memcpy(rows[k].id.value.bytes.data(), &k, sizeof k);
    load(index, rows);
    EXPECT_EQ(index.stats().shards, 3u);
    EXPECT_EQ(index.apply(rows[69'999]), Applied::stale) << "each can be found by its id";
}

}  // namespace
}  // namespace safargo::matching
