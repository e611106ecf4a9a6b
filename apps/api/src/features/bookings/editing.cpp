#include "features/bookings/editing.hpp"

#include "features/bookings/seat_return.hpp"

namespace safargo::bookings {
namespace {

std::optional<Error> refuse_return(const Booking& booking, int seats, Instant now) {
    if (booking.status != BookingStatus::requested && booking.status != BookingStatus::confirmed) {
        return Error{.code = Code::illegal_transition,
                     .fields = {{"status", {Rule::not_allowed, "requested, confirmed"}}}};
    }
    if (now >= booking.pickup_at) return Error{.code = Code::pickup_passed};
    if (seats > booking.seats) {
        return fail("seats", {Rule::out_of_range, "1", std::to_string(booking.seats)}).error();
    }
    return std::nullopt;
}

}  // namespace

Task<Result<BookingView>> BookingEditing::edit(db::Transaction& tx, Caller caller, BookingId id, EditBooking wanted) {
    const auto seen = co_await rows_.find(tx, id);
    const bool passenger = seen && seen->passenger == caller.id;
    if (!passenger) co_return fail(seen && seen->driver == caller.id ? Code::forbidden : Code::not_found);
    auto locked = (co_await lock_with_trip(tx, seats_, id)).value();
    const Instant now = clock_.now();
    const bool overdue = locked.booking.is_overdue(now);
    if (overdue) co_await transitions_.expire(tx, locked.trip, locked.booking, now);
    const int seats = static_cast<int>(wanted.seats);
    if (auto refused = refuse_return(locked.booking, seats, now)) {
        refused->keeps_effects = overdue;
        co_return fail(std::move(*refused));
    }
    if (seats < locked.booking.seats) co_await hand_back(tx, locked, seats, now);
    co_return co_await reader_.read(tx, id, caller.id);
}

Task<void> BookingEditing::hand_back(db::Transaction& tx, LockedBooking& locked, int seats, Instant now) {
    auto& [trip, booking] = locked;
    CancellationPolicy policy = co_await rows_.find_policy(tx, booking.created_at);
    // A driver who has set off relies on their passengers.
    if (trip.status != trips::TripStatus::open) policy.grace = {};
    const SeatReturn back = give_back_all_but(seats, booking, policy, now);
    co_await seats_.give_back(tx, trip, booking.from_stop, booking.to_stop, booking.seats - seats);
    booking = back.after;
    co_await rows_.save_seats(tx, booking);
    co_await payments_.give_back_seats(tx, booking.charge(), back.money);
    transitions_.announce(tx, booking, BookingNews::seats_given_back, now);
}

}  // namespace safargo::bookings
