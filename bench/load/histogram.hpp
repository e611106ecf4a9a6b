// Latencies from 1 us to 100 s (and a little more, 134 s) in buckets no wider than 1/128 of their value, so that a run
// of hours stays small. Percentiles answer the upper edge of a bucket: never less than the true value, at most 0.8 %
// more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace safargo::load {

class Histogram {
public:
    void record(std::uint64_t value);  // microseconds; 0 counts as 1, more than the range as its end
    void merge(const Histogram& other);

    std::uint64_t count() const { return count_; }
    std::uint64_t max() const { return max_; }
    // The smallest value that at least `percent` per cent do not exceed; 0 when nothing was recorded.
    std::uint64_t percentile(double percent) const;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> buckets()
        const;  // (upper edge, count), the empty ones left out

    static std::size_t bucket_of(std::uint64_t value);
    static std::uint64_t upper_edge(std::size_t bucket);

private:
    std::vector<std::uint64_t> counts_;  // grows to the highest bucket in use
    std::uint64_t count_ = 0;
    std::uint64_t max_ = 0;
};

}  // namespace safargo::load
