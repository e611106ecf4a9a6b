#include "load/tally.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace safargo::load {

void Latencies::record(std::chrono::nanoseconds latency) {
    all_.push_back(static_cast<std::uint32_t>(std::clamp<std::int64_t>(latency.count() / 1'000, 1, UINT32_MAX)));
}

void Latencies::merge(const Latencies& other) {
    all_.insert(all_.end(), other.all_.begin(), other.all_.end());
}

std::uint64_t Latencies::percentile(double percent) const {
    if (all_.empty()) return 0;
    std::vector<std::uint32_t> values(all_.begin(), all_.end());
    const double rank = std::ceil(percent / 100 * static_cast<double>(values.size()) - 1e-9);
    const auto found = values.begin() + std::max<std::ptrdiff_t>(1, static_cast<std::ptrdiff_t>(rank)) - 1;
    std::ranges::nth_element(values, found);
    return *found;
}

std::map<std::uint64_t, std::uint64_t> Latencies::buckets() const {
    std::map<std::uint64_t, std::uint64_t> counts;
    for (const std::uint64_t value : all_) {
        const int shift = std::max(0, static_cast<int>(std::bit_width(value)) - 8);
        ++counts[(((value >> shift) + 1) << shift) - 1];
    }
    return counts;
}

void Tally::add_answer(const Request& request, int status, std::string_view body_start, TimePoint now) {
    const bool good = request.choice.line->expects(status);
    if (good && now >= from_ && now < until_) ++answered_in_time;
    if (!request.measured) return;
    ++statuses[static_cast<std::size_t>(status)];
    last_end = std::max(last_end, now);
    if (good) return mix[request.choice.entry].latency.record(now - request.due);
    add_failure(request, Failure::status, now);
    if (unexpected.size() == most_unexpected) return;
    unexpected.push_back({request.choice.entry, request.choice.line->path(), status, std::string(body_start)});
}

void Tally::add_failure(const Request& request, Failure failure, TimePoint now) {
    if (!request.measured) return;
    last_end = std::max(last_end, now);
    ++failures[static_cast<std::size_t>(failure)];
    ++mix[request.choice.entry].errors;
}

void Tally::add_dropped(const Request& request, TimePoint now) {
    if (!request.measured) return;
    last_end = std::max(last_end, now);
    ++dropped;
}

std::uint64_t Tally::errors() const {
    return std::accumulate(failures.begin(), failures.end(), std::uint64_t{0});
}

Latencies Tally::latency() const {
    Latencies all;
    for (const auto& part : mix) all.merge(part.latency);
    return all;
}

}  // namespace safargo::load
