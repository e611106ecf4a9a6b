#include "matching/head_filter.hpp"

namespace safargo::matching {

HeadFilter::HeadFilter(const Filters& filters, bool sees_women_only) {
    if (filters.instant_only) want(trip_bits::instant, true);
    if (filters.verified_only) want(trip_bits::verified, true);
    if (filters.women_only) want(trip_bits::women_only, true);
    if (filters.smoking) want(trip_bits::smoking, *filters.smoking);
    if (filters.pets) want(trip_bits::pets, *filters.pets);
    if (filters.music) want(trip_bits::music, *filters.music);
    if (filters.max_two_back) want(trip_bits::max_two_back, *filters.max_two_back);
    if (filters.place) want(trip_bits::has_place, true);
    if (filters.talk) {
        mask_ |= trip_bits::talk;
        wanted_ |= static_cast<std::uint64_t>(*filters.talk) << trip_bits::talk_shift;
    }
    if (filters.luggage) least_luggage_ = static_cast<std::uint64_t>(*filters.luggage) << trip_bits::luggage_shift;
    if (filters.min_rating) least_rating_ = *filters.min_rating;
    if (sees_women_only) return;
    mask_ |= trip_bits::women_only;
    if (filters.women_only) wanted_ = ~mask_;  // requires a bit outside the mask: nothing passes
}

void HeadFilter::want(std::uint64_t bit, bool value) {
    mask_ |= bit;
    if (value) wanted_ |= bit;
}

}  // namespace safargo::matching
