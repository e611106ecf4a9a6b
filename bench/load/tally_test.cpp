#include "load/tally.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace safargo::load {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::Pair;

Latencies latencies(const std::vector<std::uint64_t>& microseconds) {
    Latencies all;
    for (const auto value : microseconds) all.record(std::chrono::microseconds(value));
    return all;
}

TEST(Latencies, PercentilesAreSamplesByTheirRankInAnyOrder) {
    std::vector<std::uint64_t> values(1'000);
    std::iota(values.begin(), values.end(), 1);
    std::ranges::shuffle(values, std::mt19937(1));
    const auto all = latencies(values);
    for (const auto& [percent, value] : std::vector<std::pair<double, std::uint64_t>>{
             {0, 1}, {0.1, 1}, {0.11, 2}, {50, 500}, {95, 950}, {99, 990}, {99.9, 999}, {99.95, 1'000}, {100, 1'000}}) {
        EXPECT_EQ(all.percentile(percent), value) << percent;
    }
    EXPECT_EQ(Latencies().percentile(99) + Latencies().max(), 0U);
}

TEST(Latencies, WhatIsOutOfRangeCountsAtItsEnds) {
    Latencies all;
    for (const auto latency : {-1ns, 0ns, std::chrono::nanoseconds(100h)}) all.record(latency);
    EXPECT_THAT(all.percentile(50), 1U);
    EXPECT_EQ(all.max(), UINT32_MAX);
}

TEST(Latencies, MergedAreThoseOfBoth) {
    auto all = latencies({5, 900});
    all.merge(latencies({5, 7}));
    EXPECT_EQ(all.count(), 4U);
    EXPECT_THAT(all.buckets(), ElementsAre(Pair(5, 2), Pair(7, 1), Pair(903, 1)));
}

TEST(Latencies, EveryBucketHoldsItsValueAndIsNarrow) {
    for (std::uint64_t value = 1; value < 100'000'000; value += 1 + value / 400) {
        const auto [edge, count] = *latencies({value}).buckets().begin();
        ASSERT_GE(edge, value);
        ASSERT_LE(static_cast<double>(edge), static_cast<double>(value) * 1.008);
        ASSERT_EQ(latencies({edge}).buckets().begin()->first, edge) << "and ends where the next begins";
    }
}

}  // namespace
}  // namespace safargo::load
