#include "features/trips/consent.hpp"

#include "features/trips/composing.hpp"
#include "features/trips/transitions.hpp"

#include <algorithm>

namespace safargo::trips {
namespace {

// On the fullest leg.
int seats_sold(const Trip& trip) {
    return trip.seats - std::ranges::min(trip.leg_seats_left);
}

}  // namespace

std::optional<Error> refuse_edit_of(TripStatus status) {
    if (status == TripStatus::draft || status == TripStatus::open) return std::nullopt;
    if (is_over(status)) return Error{.code = Code::trip_ended};
    return Error{.code = Code::illegal_transition, .fields = {{"status", {Rule::not_allowed, "draft, open"}}}};
}

std::optional<Error> refuse_change(const Trip& before, const Trip& after) {
    if (!before.has_passengers()) return std::nullopt;
    const int sold = seats_sold(before);
    if (after.seats < sold) {
        return Error{.code = Code::seats_sold, .fields = {{"seats", {Rule::at_least_sold, std::to_string(sold)}}}};
    }
    if (needs_consent(before, after)) return Error{.code = Code::seats_sold};
    return std::nullopt;
}

}  // namespace safargo::trips
