// What a run has counted, of its measured part only. Every request ends once: answered, an error, or dropped.
#pragma once

#include "load/histogram.hpp"
#include "load/request.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace safargo::load {

struct Part {
    std::uint64_t errors = 0;
    Histogram latency;  // of the answers whose status was expected: quick refusals must not flatter it
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

    Tally(std::size_t mix_entries, TimePoint from, TimePoint until);

    void add_late(std::chrono::nanoseconds late) { most_late = std::max(most_late, late); }
    void add_answer(const Request& request, int status, std::string_view body_start, TimePoint now);
    void add_failure(const Request& request, Failure failure, TimePoint now);
    void add_dropped(const Request& request, TimePoint now);

    std::uint64_t errors() const;  // of all kinds
    std::uint64_t failed(Failure failure) const { return failures[static_cast<std::size_t>(failure)]; }
    Histogram latency() const;  // of all entries
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
    void end(TimePoint now) { last_end = std::max(last_end, now); }

    TimePoint from_;
    TimePoint until_;
};

}  // namespace safargo::load
