#include "features/bookings/ride_rules.hpp"

namespace safargo::bookings {
namespace {

using trips::TripStatus;

bool has_ended(const trips::Trip& trip) {
    return trip.status == TripStatus::completed || trip.status == TripStatus::cancelled;
}

}  // namespace

Result<Nothing> may_accept(const Booking& booking, const trips::Trip& trip, Instant now) {
    if (booking.status != BookingStatus::requested) return fail(Code::illegal_transition);
    if (has_ended(trip)) return fail(Code::trip_ended);
    if (trip.status != TripStatus::open || now >= booking.pickup_at) return fail(Code::trip_departed);
    return Nothing{};
}

Result<Nothing> may_cancel(const Booking& booking, BookingEvent event, const trips::Trip& trip, Instant now) {
    if (!next(booking.status, event)) return fail(Code::illegal_transition);
    if (has_ended(trip)) return fail(Code::trip_ended);
    // From the pickup on no one else can take the seat, and a passenger who does not board counts as travelled.
    const bool by_passenger = event == BookingEvent::cancel_by_passenger;
    if (by_passenger && now >= booking.pickup_at) return fail(Code::pickup_passed);
    return Nothing{};
}

Result<Nothing> may_board(const Booking& booking, const trips::Trip& trip) {
    if (!next(booking.status, BookingEvent::board)) return fail(Code::illegal_transition);
    if (has_ended(trip)) return fail(Code::trip_ended);
    if (trip.status == TripStatus::draft) return fail(Code::trip_not_started);
    return Nothing{};
}

bool takes_late_proof(const Booking& booking, Instant now) {
    using enum BookingStatus;
    const bool missed = booking.status == no_show_passenger || booking.status == no_show_driver;
    const bool disputed_now = booking.status == disputed;
    const bool travelled = booking.status == completed || booking.status == settled || disputed_now;
    std::optional<Instant> over;
    if (travelled) over = booking.completed_at;
    if (missed || (disputed_now && !over)) over = booking.ended_at;  // as reported
    return over && !booking.boarded_at && now <= *over + late_proof;
}

Result<Nothing> may_get_off(const Booking& booking, const trips::Trip& trip) {
    if (booking.status == BookingStatus::confirmed) return fail(Code::not_boarded);
    if (booking.status != BookingStatus::boarded) return fail(Code::illegal_transition);
    if (has_ended(trip)) return fail(Code::trip_ended);
    if (trip.status != TripStatus::in_progress) return fail(Code::trip_not_started);
    return Nothing{};
}

bool is_short_ride(const Booking& booking, Instant ended) {
    return ended < booking.pickup_at + (booking.dropoff_at - booking.pickup_at) / 3;
}

}  // namespace safargo::bookings
