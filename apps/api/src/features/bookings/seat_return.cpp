#include "features/bookings/seat_return.hpp"

namespace safargo::bookings {

SeatReturn give_back_all_but(int seats, const Booking& booking, const CancellationPolicy& policy, Instant now) {
    Booking after = booking, part = booking;
    after.seats = seats;
    after.price = {booking.price.amount / booking.seats * seats};
    after.service_fee = payments::service_fee(booking.method, after.price);
    part.price = booking.price - after.price;
    part.service_fee = booking.service_fee - after.service_fee;
    // Cash has not changed hands: the price paid in the car is for the passengers who come.
    if (booking.method == payments::Method::cash) return {std::move(after), {part.price, {}, {}}};
    const payments::Split split = passenger_cancels(part, policy, now);
    return {std::move(after),
            {.price_back = part.price - split.to_driver,
             .fee_back = part.service_fee - split.to_platform,
             .driver_share = split.to_driver}};
}

}  // namespace safargo::bookings
