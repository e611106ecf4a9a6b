// Which request comes next. The lines of an entry are taken by all threads together; the choice between entries is each
// thread's own, so that one thread and one seed make the same run again.
#pragma once

#include "load/plan.hpp"
#include "load/requests.hpp"

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <vector>

namespace safargo::load {

class Mix {
public:
    struct Entry {
        MixEntry::Order order;
        Requests requests;
        std::atomic<std::size_t> taken{0};
    };

    void add(const MixEntry& entry, Requests requests);
    static OrLine<std::unique_ptr<Mix>> read(const Plan& plan);

    std::deque<Entry>& entries() { return entries_; }
    const std::vector<double>& weights() const { return weights_; }

private:
    std::deque<Entry> entries_;  // a deque: entries hold a counter and do not move
    std::vector<double> weights_;
};

struct Choice {
    std::size_t entry;
    Requests::Line line;
};

class Chooser {
public:
    Chooser(Mix& mix, std::uint64_t seed, unsigned thread);

    std::optional<Choice> next();  // nothing: an entry whose lines are sent once has no more

private:
    Mix& mix_;
    std::mt19937_64 random_;
    std::vector<double> up_to_;  // sums of the weights
};

}  // namespace safargo::load
