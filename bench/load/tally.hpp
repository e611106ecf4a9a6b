// What a run has counted, of its measured part only. Every request ends once: answered, an error, or dropped.
#pragma once

#include "load/mix.hpp"

#include <cstdint>
#include <deque>
#include <map>

namespace safargo::load {

// Of the answers whose status was expected, in microseconds: quick refusals must not flatter them.
class Latencies {
public:
    void record(std::chrono::nanoseconds latency);
    void merge(const Latencies& other);

    std::uint64_t count() const { return all_.size(); }
    // The smallest that at least `percent` per cent do not exceed; 0 when nothing was recorded.
    std::uint64_t percentile(double percent) const;
    std::uint64_t max() const { return percentile(100); }
    // How many are up to an edge and above the one before, for reports: no wider than 1/128 of the value.
    std::map<std::uint64_t, std::uint64_t> buckets() const;

private:
    std::deque<std::uint32_t> all_;  // a vector that grows would hold up the answers meanwhile
};

struct Part {
    std::uint64_t errors = 0;
    Latencies latency;
};

struct Unexpected {
    std::size_t entry;
    std::string path;
    int status;
    std::string body;
};

class Tally {
public:
    static constexpr std::size_t most_unexpected = 5;

    Tally(std::size_t mix_entries, TimePoint from, TimePoint until)
        : last_end(from), mix(mix_entries), from_(from), until_(until) {}

    void add_answer(const Request& request, int status, std::string_view body_start, TimePoint now);
    void add_failure(const Request& request, Failure failure, TimePoint now);
    void add_dropped(const Request& request, TimePoint now);

    std::uint64_t errors() const;  // of all kinds
    std::uint64_t failed(Failure failure) const { return failures[static_cast<std::size_t>(failure)]; }
    Latencies latency() const;  // of all entries
    std::uint64_t answered() const { return latency().count(); }

    std::uint64_t sent = 0;
    std::uint64_t dropped = 0;
    std::uint64_t connections = 0;
    std::uint64_t connections_opened = 0;  // warm-up included
    std::uint64_t answered_in_time = 0;    // good answers that came within the measured part, whenever due
    std::chrono::nanoseconds most_late{0};
    TimePoint last_end;  // of a measured request
    std::array<std::uint64_t, failure_names.size()> failures{};
    std::array<std::uint64_t, 600> statuses{};
    std::vector<Part> mix;
    std::vector<Unexpected> unexpected;

private:
    TimePoint from_;
    TimePoint until_;
};

}  // namespace safargo::load
