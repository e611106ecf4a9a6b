#include "features/bookings/locker.hpp"

namespace safargo::bookings {

Task<std::optional<LockedBooking>> BookingLocker::lock(db::Transaction& tx, BookingId id) const {
    const auto seen = co_await rows_.find(tx, id);
    if (!seen) co_return std::nullopt;
    auto trip = co_await seats_.lock(tx, seen->trip);
    auto booking = co_await rows_.lock(tx, id);
    co_return LockedBooking{std::move(trip.value()), std::move(booking.value())};
}

Task<std::optional<LockedBooking>> BookingLocker::lock_with_driver(db::Transaction& tx, BookingId id) const {
    const auto seen = co_await rows_.find(tx, id);
    if (!seen) co_return std::nullopt;
    auto trip = co_await seats_.lock_with_driver(tx, seen->driver, seen->trip);
    auto booking = co_await rows_.lock(tx, id);
    co_return LockedBooking{std::move(trip.value()), std::move(booking.value())};
}

}  // namespace safargo::bookings
