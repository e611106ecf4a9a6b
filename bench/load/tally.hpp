// What one thread has counted, of the measured part only. Every request ends once: answered, an error, or dropped.
#pragma once

#include "load/histogram.hpp"
#include "load/request.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace safargo::load {

struct Errors {
    std::uint64_t connect = 0;
    std::uint64_t timeout = 0;
    std::uint64_t closed = 0;    // by the server, before or amid its answer
    std::uint64_t status = 0;    // answered, but not with a status that was expected
    std::uint64_t protocol = 0;  // not HTTP, or more than was asked for

    std::uint64_t sum() const { return connect + timeout + closed + status + protocol; }
};

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

    void add_sent() { ++sent; }
    void add_late(std::chrono::nanoseconds late) { most_late = std::max(most_late, late); }
    void add_bytes(std::size_t size, TimePoint now);
    // False: the status was not expected.
    bool add_answer(const Request& request, int status, std::string_view body_start, TimePoint now);
    void add_failure(const Request& request, Failure failure, TimePoint now);
    void add_dropped(const Request& request, TimePoint now);
    void merge(const Tally& other);

    std::uint64_t answered() const;
    Histogram latency() const;

    std::uint64_t sent = 0;
    std::uint64_t dropped = 0;
    std::uint64_t connections = 0;
    std::uint64_t connections_opened = 0;  // warm-up included
    std::uint64_t bytes_received = 0;
    std::uint64_t answered_in_time = 0;  // good answers that came within the measured part, whenever due
    std::chrono::nanoseconds most_late{0};
    TimePoint last_end;  // of a measured request
    Errors errors;
    std::array<std::uint64_t, 600> statuses{};
    std::vector<Part> mix;
    std::vector<Part> seconds;  // by the second in which the request was due
    std::vector<Unexpected> unexpected;

private:
    bool is_within(TimePoint now) const { return now >= from_ && now < until_; }
    void add_error(const Request& request, TimePoint now);
    Part& second_of(const Request& request);

    TimePoint from_;
    TimePoint until_;
};

}  // namespace safargo::load
