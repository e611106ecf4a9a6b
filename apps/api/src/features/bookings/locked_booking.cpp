#include "features/bookings/locked_booking.hpp"

namespace safargo::bookings {

Task<std::optional<LockedBooking>> lock_with_trip(db::Transaction& tx, trips::Seats& seats, BookingId id) {
    const BookingRepository rows;
    const auto seen = co_await rows.find(tx, id);
    if (!seen) co_return std::nullopt;
    auto trip = co_await seats.lock(tx, seen->trip);
    auto booking = co_await rows.lock(tx, id);
    co_return LockedBooking{std::move(trip.value()), std::move(booking.value())};
}

Task<std::optional<LockedBooking>> lock_with_driver(db::Transaction& tx, trips::Seats& seats, BookingId id) {
    const BookingRepository rows;
    const auto seen = co_await rows.find(tx, id);
    if (!seen) co_return std::nullopt;
    auto trip = co_await seats.lock_with_driver(tx, seen->driver, seen->trip);
    auto booking = co_await rows.lock(tx, id);
    co_return LockedBooking{std::move(trip.value()), std::move(booking.value())};
}

}  // namespace safargo::bookings
