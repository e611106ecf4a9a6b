#include "load/tally.hpp"

#include <algorithm>
#include <functional>

namespace safargo::load {
namespace {

std::uint64_t microseconds(std::chrono::nanoseconds time) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, time.count() / 1'000));
}

void merge_parts(std::vector<Part>& into, const std::vector<Part>& from) {
    if (from.size() > into.size()) into.resize(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) {
        into[i].errors += from[i].errors;
        into[i].latency.merge(from[i].latency);
    }
}

}  // namespace

Tally::Tally(std::size_t mix_entries, TimePoint from, TimePoint until)
    : last_end(from), mix(mix_entries), from_(from), until_(until) {
    const auto whole = std::chrono::ceil<std::chrono::seconds>(until - from);
    seconds.resize(static_cast<std::size_t>(std::max<std::int64_t>(1, whole.count())));
}

void Tally::add_bytes(std::size_t size, TimePoint now) {
    if (is_within(now)) bytes_received += size;
}

Part& Tally::second_of(const Request& request) {
    const auto second = std::chrono::floor<std::chrono::seconds>(request.due - from_).count();
    return seconds[std::min(static_cast<std::size_t>(second), seconds.size() - 1)];
}

bool Tally::add_answer(const Request& request, int status, std::string_view body_start, TimePoint now) {
    const bool good = request.choice.line.expected->contains(status);
    if (good && is_within(now)) ++answered_in_time;
    if (!request.measured) return good;
    last_end = std::max(last_end, now);
    ++statuses[static_cast<std::size_t>(status)];
    if (good) {
        const auto latency = microseconds(now - request.due);
        mix[request.choice.entry].latency.record(latency);
        second_of(request).latency.record(latency);
        return true;
    }
    ++errors.status;
    add_error(request, now);
    if (unexpected.size() < most_unexpected) {
        unexpected.push_back({.entry = request.choice.entry,
                              .path = std::string(Requests::path_of(request.choice.line.bytes)),
                              .status = status,
                              .body = std::string(body_start)});
    }
    return false;
}

void Tally::add_failure(const Request& request, Failure failure, TimePoint now) {
    if (!request.measured) return;
    if (failure == Failure::connect) ++errors.connect;
    if (failure == Failure::timeout) ++errors.timeout;
    if (failure == Failure::closed) ++errors.closed;
    if (failure == Failure::protocol) ++errors.protocol;
    add_error(request, now);
}

void Tally::add_error(const Request& request, TimePoint now) {
    last_end = std::max(last_end, now);
    ++mix[request.choice.entry].errors;
    ++second_of(request).errors;
}

void Tally::add_dropped(const Request& request, TimePoint now) {
    if (!request.measured) return;
    last_end = std::max(last_end, now);
    ++dropped;
}

void Tally::merge(const Tally& other) {
    sent += other.sent;
    dropped += other.dropped;
    connections += other.connections;
    connections_opened += other.connections_opened;
    bytes_received += other.bytes_received;
    answered_in_time += other.answered_in_time;
    most_late = std::max(most_late, other.most_late);
    last_end = std::max(last_end, other.last_end);
    errors.connect += other.errors.connect;
    errors.timeout += other.errors.timeout;
    errors.closed += other.errors.closed;
    errors.status += other.errors.status;
    errors.protocol += other.errors.protocol;
    std::ranges::transform(statuses, other.statuses, statuses.begin(), std::plus{});
    merge_parts(mix, other.mix);
    merge_parts(seconds, other.seconds);
    for (const auto& one : other.unexpected) {
        if (unexpected.size() < most_unexpected) unexpected.push_back(one);
    }
}

std::uint64_t Tally::answered() const {
    std::uint64_t sum = 0;
    for (const auto& part : mix) sum += part.latency.count();
    return sum;
}

Histogram Tally::latency() const {
    Histogram all;
    for (const auto& part : mix) all.merge(part.latency);
    return all;
}

}  // namespace safargo::load
