// Unit tests of the parts: grid, postings, score, merging.
#include "matching/bucket_builder.hpp"
#include "matching/score.hpp"
#include "matching/testing/random_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace safargo::matching {
namespace {

using testing::RandomWorld;
using testing::Region;

bool covers(const Disc& disc, LatLng point) {
    return std::ranges::any_of(disc.ranges(), [cell = cell_of(point)](const CellRange& range) {
        return range.first <= cell && cell <= range.last;
    });
}

TEST(Grid, TheRangesOfADiscContainAllItsPoints) {
    int inside = 0;
    for (const Region region : {Region::algeria, Region::one_town, Region::antimeridian, Region::pole}) {
        RandomWorld world(11, region);
        for (int k = 0; k < 20'000; ++k) {
            const LatLng center = world.point();
            const LatLng point = world.point();
            const double metres = distance_m(center, point);
            Disc disc(center, std::max(1.0, metres * (world.chance(0.5) ? 1.0 : 1.2)));
            ASSERT_EQ(disc.reach(point), metres);
            ASSERT_TRUE(covers(disc, point)) << center.lat << ',' << center.lng << ' ' << point.lat << ',' << point.lng;
            ++inside;
        }
    }
    EXPECT_EQ(inside, 80'000);
}

TEST(Grid, WorksAtPolesAndAntimeridian) {
    for (const LatLng corner : {LatLng{90, 0}, LatLng{-90, 0}, LatLng{90, 180}, LatLng{0, 180}, LatLng{0, -180}}) {
        EXPECT_TRUE(covers(Disc(corner, 1'000), corner));
    }
    EXPECT_EQ(cell_of({10, 180}), cell_of({10, -180}));
    EXPECT_TRUE(Disc({0, 180}, 1'000).reach({0, -180}));
    EXPECT_TRUE(covers(Disc({89.99, 10}, 5'000), {89.99, -170}));  // across the pole
    EXPECT_FALSE(Disc({0, 179.9}, 1'000).reach({0, -179.9}));
}

TEST(Grid, ADiscCoversLittleMoreThanItself) {
    std::size_t cells = 0;
    for (const CellRange& range : Disc({36.75, 3.06}, 20'000).ranges()) cells += range.last - range.first + 1;
    EXPECT_LE(cells, 110u);
}

TEST(Postings, AreFoundOncePerRange) {
    const Postings postings({Postings::posting(7, 3), Postings::posting(5, 9), Postings::posting(7, 1),
                             Postings::posting(7, 3), Postings::posting(900, 2)});
    const auto list = [&](Cell first, Cell last) {
        const auto found = postings.in({first, last});
        return std::vector<int>(found.begin(), found.end());
    };
    EXPECT_EQ(list(5, 7), (std::vector<int>{9, 1, 3}));
    EXPECT_EQ(list(6, 899), (std::vector<int>{1, 3}));
    EXPECT_EQ(list(8, 899), std::vector<int>{});
    EXPECT_EQ(list(901, 1000), std::vector<int>{});
    EXPECT_TRUE(Postings().in({0, 10}).empty());
}

TEST(Score, IsTheDocumentedSum) {
    EXPECT_DOUBLE_EQ(relevance({.away_share = 0, .metres = 80'000, .price = 0, .rating = 5, .seconds = 3'600}), 1);
    EXPECT_DOUBLE_EQ(relevance({.away_share = 1, .metres = 0, .price = 10, .rating = 1, .seconds = 3'600}), 0);
    EXPECT_DOUBLE_EQ(relevance({.away_share = 0.5, .metres = 40'000, .price = 120, .rating = -1, .seconds = 3'600}),
                     0.225 + 0.1 + 0.12 + 0.075);
}

TEST(Score, GrowsWithEachFactor) {
    const ScoreFacts plain{.away_share = 0.5, .metres = 100'000, .price = 300, .rating = 3, .seconds = 6'000};
    ScoreFacts better = plain;
    better.away_share = 0.4;
    EXPECT_GT(relevance(better), relevance(plain));
    better = plain;
    better.price = 250;
    EXPECT_GT(relevance(better), relevance(plain));
    better = plain;
    better.rating = 4;
    EXPECT_GT(relevance(better), relevance(plain));
    better = plain;
    better.seconds = 5'000;
    EXPECT_GT(relevance(better), relevance(plain));
}

class Merging : public ::testing::Test {
protected:
    LiveShard shard(std::size_t trips, std::size_t dead) {
        std::vector<PackedTrip> packed;
        for (std::size_t k = 0; k < trips; ++k) packed.push_back(pack(world_.trip(), routes_));
        std::vector<TripView> views;
        for (const PackedTrip& trip : packed) views.push_back(trip.view());
        LiveShard live{std::make_shared<const Shard>(views, Shard::Room(directory_.take_number(), 0, 0), routes_),
                       nullptr};
        if (dead == 0) return live;
        auto places = std::make_shared<DeadPlaces>(trips);
        for (std::size_t k = 0; k < dead; ++k) places->add(static_cast<Slot>(k));
        live.dead = std::move(places);
        return live;
    }

    RandomWorld world_{1, Region::algeria};
    RouteTable routes_;
    TripDirectory directory_;
};

TEST_F(Merging, TakesSmallShardsAndLeavesLargeOnes) {
    std::vector<LiveShard> shards{shard(8, 0), shard(1'000, 0), shard(73, 0)};
    EXPECT_EQ(take_for_merge(shards, 1).size(), 1u);  // 1 + 8; 73 > 72
    ASSERT_EQ(shards.size(), 2u);
    EXPECT_EQ(shards[0].live_count(), 1'000u);
    EXPECT_EQ(take_for_merge(shards, 10).size(), 1u);
    EXPECT_EQ(take_for_merge(shards, 124).size(), 0u);
    EXPECT_EQ(take_for_merge(shards, 125).size(), 1u);
}

TEST_F(Merging, TakesSparseShards) {
    std::vector<LiveShard> shards{shard(80, 10), shard(80, 11), shard(80, 80)};
    const auto taken = take_for_merge(shards, 0);
    EXPECT_EQ(taken.size(), 3u);  // two sparse ones; with their 69 trips the third counts as small too
    EXPECT_TRUE(shards.empty());
    std::vector<LiveShard> dense{shard(80, 10)};
    EXPECT_TRUE(take_for_merge(dense, 0).empty());
}

}  // namespace
}  // namespace safargo::matching
