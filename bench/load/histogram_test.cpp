#include "load/histogram.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace safargo::load {
namespace {

using testing::ElementsAre;
using testing::Pair;

constexpr std::uint64_t hundred_seconds = 100'000'000;
constexpr std::array percents{0.0, 1.0, 50.0, 90.0, 95.0, 99.0, 99.9, 100.0};

Histogram histogram_of(const std::vector<std::uint64_t>& values) {
    Histogram histogram;
    for (const auto value : values) histogram.record(value);
    return histogram;
}

std::uint64_t exact(const std::vector<std::uint64_t>& sorted, double percent) {
    const auto rank = static_cast<std::size_t>(std::ceil(percent / 100 * static_cast<double>(sorted.size()) - 1e-9));
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

// Latencies as they are: most near a millisecond, some far out; spread is the logarithm's.
std::vector<std::uint64_t> sample(unsigned seed, std::size_t size, double spread) {
    std::mt19937 random(seed);
    std::lognormal_distribution<double> latency(7, spread);
    std::vector<std::uint64_t> values(size);
    for (auto& value : values) value = std::clamp<std::uint64_t>(std::llround(latency(random)), 1, hundred_seconds);
    return values;
}

TEST(Histogram, PercentilesAgreeWithTheSortedValuesToOnePerCent) {
    for (unsigned seed = 0; seed < 60; ++seed) {
        auto values = sample(seed, 1 + seed * seed * 5, 0.1 + seed * 0.06);
        const auto histogram = histogram_of(values);
        std::ranges::sort(values);
        for (const double percent : percents) {
            const auto truth = exact(values, percent);
            EXPECT_GE(histogram.percentile(percent), truth) << percent << " of seed " << seed;
            EXPECT_LE(static_cast<double>(histogram.percentile(percent)), static_cast<double>(truth) * 1.01);
        }
    }
}

TEST(Histogram, SmallNumbersAreExact) {
    std::vector<std::uint64_t> values;
    for (std::uint64_t value = 1; value <= 200; ++value) values.push_back(value);
    const auto histogram = histogram_of(values);
    EXPECT_EQ(histogram.percentile(50), 100U);
    EXPECT_EQ(histogram.percentile(99), 198U);
    EXPECT_EQ(histogram.percentile(99.9), 200U);
    EXPECT_EQ(histogram.percentile(0), 1U);
}

TEST(Histogram, EveryValueLiesInItsBucketAndNoBucketIsWide) {
    for (std::uint64_t value = 1; value <= hundred_seconds; value += 1 + value / 400) {
        const auto bucket = Histogram::bucket_of(value);
        ASSERT_LE(value, Histogram::upper_edge(bucket));
        ASSERT_TRUE(bucket == 1 || Histogram::upper_edge(bucket - 1) < value) << value;
        ASSERT_LE(static_cast<double>(Histogram::upper_edge(bucket)), static_cast<double>(value) * 1.01);
    }
}

TEST(Histogram, BucketsFollowEachOtherWithoutAGap) {
    for (std::size_t bucket = 1; bucket < Histogram::bucket_of(hundred_seconds); ++bucket) {
        ASSERT_EQ(Histogram::bucket_of(Histogram::upper_edge(bucket)), bucket);
        ASSERT_EQ(Histogram::bucket_of(Histogram::upper_edge(bucket) + 1), bucket + 1);
    }
}

TEST(Histogram, WhatIsOutOfRangeCountsAtItsEnds) {
    const auto histogram = histogram_of({0, UINT64_MAX});
    EXPECT_EQ(histogram.count(), 2U);
    EXPECT_GT(histogram.max(), hundred_seconds);
    EXPECT_EQ(histogram.percentile(100), histogram.max());
}

TEST(Histogram, MergingIsTheSameAsRecordingTogether) {
    const auto left = sample(1, 1'000, 0.5), right = sample(2, 3'000, 2);
    auto both = left;
    both.insert(both.end(), right.begin(), right.end());
    auto merged = histogram_of(left);
    merged.merge(histogram_of(right));
    const auto together = histogram_of(both);
    EXPECT_EQ(merged.buckets(), together.buckets());
    EXPECT_EQ(merged.max(), together.max());
}

TEST(Histogram, NothingRecordedIsZeroes) {
    Histogram nothing;
    nothing.merge({});
    EXPECT_EQ(nothing.max() + nothing.percentile(99), 0U);
    EXPECT_TRUE(nothing.buckets().empty());
}

TEST(Histogram, ShowsTheBucketsInUse) {
    EXPECT_THAT(histogram_of({3, 3, 700, 10}).buckets(), ElementsAre(Pair(3, 2), Pair(10, 1), Pair(703, 1)));
}

}  // namespace
}  // namespace safargo::load
