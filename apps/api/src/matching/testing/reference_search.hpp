// The rules of matching/query.hpp in the plainest form: every trip, every pair, every time.
#pragma once

#include "matching/query.hpp"

#include <map>

namespace safargo::matching::testing {

// The expected contents of the index after the same calls.
class ReferenceIndex {
public:
    void apply(const TripRow& row);
    void remove(TripId trip, std::int64_t version);

    Page search(const Query& query) const;
    std::vector<Match> all_matches(const Query& query) const;  // ordered, ignoring limit and cursor
    const std::map<TripId, TripRow>& trips() const { return trips_; }

private:
    std::map<TripId, TripRow> trips_;
    std::map<TripId, std::int64_t> removed_;
};

}  // namespace safargo::matching::testing
