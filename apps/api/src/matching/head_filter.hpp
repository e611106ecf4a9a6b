// Filters that need no stops: nearly all are one comparison of the trip's bits.
#pragma once

#include "matching/packed_trip.hpp"
#include "matching/query.hpp"

namespace safargo::matching {

class HeadFilter {
public:
    HeadFilter(const Filters& filters, bool sees_women_only);

    bool passes(const TripHead& head) const {
        return (head.bits & mask_) == wanted_ && (head.bits & trip_bits::luggage) >= least_luggage_ &&
               head.rating >= least_rating_;
    }

private:
    void want(std::uint64_t bit, bool value);

    std::uint64_t mask_ = 0;
    std::uint64_t wanted_ = 0;
    std::uint64_t least_luggage_ = 0;
    float least_rating_ = -std::numeric_limits<float>::infinity();
};

}  // namespace safargo::matching
