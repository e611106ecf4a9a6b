#include "features/bookings/cancellation.hpp"

namespace safargo::bookings {
namespace {

bool in_grace(const Booking& booking, const CancellationPolicy& policy, Instant now) {
    return policy.grace && booking.confirmed_at && now <= *booking.confirmed_at + *policy.grace;
}

}  // namespace

payments::Split everything_back(const Booking& booking) {
    return {.to_passenger = booking.price + booking.service_fee, .to_driver = {}, .to_platform = {}};
}

payments::Split passenger_cancels(const Booking& booking, const CancellationPolicy& policy, Instant now) {
    if (booking.status != BookingStatus::confirmed || in_grace(booking, policy, now)) return everything_back(booking);
    const bool late = is_late(booking, policy, now);
    const Dinars back = late ? share_down(booking.price, policy.late_refund_basis_points) : booking.price;
    return {.to_passenger = back, .to_driver = booking.price - back, .to_platform = booking.service_fee};
}

bool is_late(const Booking& booking, const CancellationPolicy& policy, Instant now) {
    return booking.status == BookingStatus::confirmed && !in_grace(booking, policy, now) &&
           booking.pickup_at - now <= policy.free_until;
}

}  // namespace safargo::bookings
