// The rules of matching/query.hpp written down once more, as plainly as possible: every trip, every pair, every time.
#pragma once

#include "matching/query.hpp"

#include <map>

namespace safargo::matching::testing {

// What the index should know after the same calls.
class ReferenceIndex {
public:
    void apply(const TripRow& row);
    void remove(TripId trip, std::int64_t version);

    Page search(const Query& query) const;
    std::vector<Match> all_matches(const Query& query) const;  // in order, whatever limit and cursor
    const std::map<TripId, TripRow>& trips() const { return trips_; }

private:
    std::map<TripId, TripRow> trips_;
    std::map<TripId, std::int64_t> removed_;
};

}  // namespace safargo::matching::testing
