#include "load/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace safargo::load {
namespace {

// Values below 2 * half have a bucket each; above, every power of two is cut into `half` buckets.
constexpr int half_bits = 7;
constexpr std::uint64_t half = std::uint64_t{1} << half_bits;
constexpr std::uint64_t end_of_range = (std::uint64_t{1} << 27) - 1;

}  // namespace

std::size_t Histogram::bucket_of(std::uint64_t value) {
    value = std::clamp<std::uint64_t>(value, 1, end_of_range);
    if (value < 2 * half) return value;
    const int shift = static_cast<int>(std::bit_width(value)) - half_bits - 1;
    return half * static_cast<std::uint64_t>(shift) + (value >> shift);
}

std::uint64_t Histogram::upper_edge(std::size_t bucket) {
    if (bucket < 2 * half) return bucket;
    const std::uint64_t shift = bucket / half - 1;
    return ((bucket - half * shift + 1) << shift) - 1;
}

void Histogram::record(std::uint64_t value) {
    value = std::clamp<std::uint64_t>(value, 1, end_of_range);
    const std::size_t bucket = bucket_of(value);
    if (bucket >= counts_.size()) counts_.resize(bucket + 1);
    ++counts_[bucket];
    ++count_;
    max_ = std::max(max_, value);
}

void Histogram::merge(const Histogram& other) {
    if (other.counts_.size() > counts_.size()) counts_.resize(other.counts_.size());
    for (std::size_t bucket = 0; bucket < other.counts_.size(); ++bucket) counts_[bucket] += other.counts_[bucket];
    count_ += other.count_;
    max_ = std::max(max_, other.max_);
}

std::uint64_t Histogram::percentile(double percent) const {
    const double share = std::ceil(percent / 100 * static_cast<double>(count_) - 1e-9);
    const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(share));
    std::uint64_t seen = 0;
    for (std::size_t bucket = 0; bucket < counts_.size(); ++bucket) {
        seen += counts_[bucket];
        if (seen >= rank) return std::min(upper_edge(bucket), max_);
    }
    return max_;
}

std::vector<std::pair<std::uint64_t, std::uint64_t>> Histogram::buckets() const {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> filled;
    for (std::size_t bucket = 0; bucket < counts_.size(); ++bucket) {
        if (counts_[bucket] > 0) filled.emplace_back(upper_edge(bucket), counts_[bucket]);
    }
    return filled;
}

}  // namespace safargo::load
