// The requests of a run as they are sent, and which comes next: an entry by its weight, then its next line. The same
// seed makes the same run again.
#pragma once

#include "load/plan.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::load {

struct Line {
    std::string bytes;
    int expected;  // the status of a good answer; 0: 2xx and 304

    bool expects(int status) const {
        return expected == 0 ? (status >= 200 && status < 300) || status == 304 : status == expected;
    }
    std::string path() const;  // for people
};

// A JSON object a line: {"bytes": "GET / HTTP/1.1\r\n...", "expect": 201}. BadPlan with the number of the line.
std::vector<Line> parse_requests(std::string_view lines);

struct Choice {
    std::size_t entry;
    const Line* line;  // lives as long as the mix
};

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

struct Request {
    Choice choice;
    TimePoint due;  // latency counts from here, whenever it was sent
    bool measured;  // false during the warm-up
};

// What becomes of a request that gets no good answer: the server closes before or amid it; the status is not the
// expected one; it is not HTTP, or more than was asked for.
enum class Failure { connect, timeout, closed, status, protocol };
inline constexpr std::array<std::string_view, 5> failure_names{"connect", "timeout", "closed", "status", "protocol"};

class Mix {
public:
    explicit Mix(std::uint64_t seed) : random_(seed) {}
    static Mix read(const Plan& plan);

    void add(const MixEntry& entry, std::vector<Line> requests);
    std::size_t size() const { return entries_.size(); }
    std::optional<Choice> next();  // nothing: an entry whose lines are sent once has no more

private:
    struct Entry {
        MixEntry::Order order;
        std::vector<Line> requests;
        std::size_t taken = 0;
    };

    std::vector<Entry> entries_;
    std::vector<double> weights_;
    std::discrete_distribution<std::size_t> choose_;
    std::mt19937_64 random_;
};

}  // namespace safargo::load
