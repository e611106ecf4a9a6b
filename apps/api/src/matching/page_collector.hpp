// Keeps the first `limit` matches after the cursor, in order, while they come in any order.
#pragma once

#include "matching/query.hpp"

namespace safargo::matching {

double sort_key(const Match& match, Sort sort);  // smaller stands first

class PageCollector {
public:
    explicit PageCollector(const Query& query);

    // False if a match with this key cannot enter the page whatever its trip; it is counted all the same.
    bool wants(double key);
    void add(double key, const Match& match);  // after wants(key) said yes
    Page finish();

private:
    struct Ranked {
        Position position;
        Match match;
    };
    static bool before(const Ranked& a, const Ranked& b) { return a.position < b.position; }

    std::size_t limit_;
    std::optional<Position> after_;
    std::size_t total_ = 0;
    std::size_t left_out_ = 0;    // after the cursor, but beyond the page
    std::vector<Ranked> ranked_;  // a heap, the last one on top
};

}  // namespace safargo::matching
