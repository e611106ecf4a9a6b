// Which request comes next: an entry by its weight, then its next line. The same seed makes the same run again.
#pragma once

#include "load/plan.hpp"
#include "load/requests.hpp"

#include <optional>
#include <random>
#include <vector>

namespace safargo::load {

struct Choice {
    std::size_t entry;
    Requests::Line line;
};

class Mix {
public:
    explicit Mix(std::uint64_t seed);
    static Mix read(const Plan& plan);

    void add(const MixEntry& entry, Requests requests);
    std::size_t size() const { return entries_.size(); }
    std::optional<Choice> next();  // nothing: an entry whose lines are sent once has no more

private:
    struct Entry {
        MixEntry::Order order;
        Requests requests;
        double up_to;  // sum of the weights
        std::size_t taken = 0;
    };

    std::vector<Entry> entries_;
    std::mt19937_64 random_;
};

}  // namespace safargo::load
