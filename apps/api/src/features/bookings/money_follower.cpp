#include "features/bookings/money_follower.hpp"

#include <stdexcept>

namespace safargo::bookings {

using payments::PaymentStatus;

Task<void> MoneyFollower::held(BookingId booking) {
    co_await database_.transact<Nothing>([this, booking](db::Transaction& tx) { return take_money(tx, booking); });
}

// Did we not know of this money yet?
Task<bool> MoneyFollower::is_waiting(db::Transaction& tx, BookingId id) {
    const auto payment = co_await payments_.find(tx, id);
    if (!payment) throw std::logic_error("a booking without a payment");
    const PaymentStatus status = payment->status;
    co_return status == PaymentStatus::intent || status == PaymentStatus::failed || status == PaymentStatus::cancelled;
}

Task<Result<Nothing>> MoneyFollower::take_money(db::Transaction& tx, BookingId id) {
    auto locked = co_await locker_.lock(tx, id);
    if (!locked) throw std::logic_error("money for a booking that does not exist");
    if (!co_await is_waiting(tx, id)) co_return Nothing{};
    auto& [trip, booking] = *locked;
    const Instant now = clock_.now();
    const bool sells = sells_at(trip, booking.pickup_at, now);

    const bool awaited = booking.status == BookingStatus::awaiting_payment && sells;  // the seats are still ours
    if (awaited && booking.is_overdue(now) && co_await confirm_overdue(tx, booking, now)) co_return Nothing{};
    if (awaited && !booking.is_overdue(now)) {
        co_await payments_.record_hold(tx, booking.charge(), now);
        co_return co_await moves_.go_on(tx, booking, BookingEvent::confirm, now);
    }
    if (booking.status == BookingStatus::requested && sells) {  // early: the driver is still to answer
        co_await payments_.record_hold(tx, booking.charge(), now);
        co_return Nothing{};
    }
    if (is_hold(booking.status)) co_await moves_.expire(tx, trip, booking, now);
    if (booking.status == BookingStatus::expired && co_await revive(tx, *locked, now)) co_return Nothing{};
    co_await payments_.end(tx, booking.charge(), everything_back(booking), now);
    moves_.announce(tx, booking, BookingNews::money_returned, now);
    co_return Nothing{};
}

// Late, but nobody has taken the seats; the passenger may drive themselves by now.
Task<bool> MoneyFollower::confirm_overdue(db::Transaction& tx, Booking booking, Instant now) {
    co_await tx.savepoint("late_money");
    const bool good = apply(booking, BookingEvent::confirm, now) && (co_await rows_.save(tx, booking)).has_value();
    if (!good) {
        co_await tx.rollback_to("late_money");
        co_return false;
    }
    co_await payments_.record_hold(tx, booking.charge(), now);
    moves_.announce(tx, booking, BookingNews::confirmed, now);
    co_return true;
}

// Takes the seats again if they are free, the passenger did not book another ride meanwhile, and the trip is still what
// was booked: without passengers it could be edited at will.
Task<bool> MoneyFollower::revive(db::Transaction& tx, const LockedBooking& locked, Instant now) {
    auto [trip, booking] = locked;
    if (!is_where_booked(booking, trip) || !reschedule(booking, trip, now)) co_return false;
    if (!sells_at(trip, booking.pickup_at, now)) co_return false;
    const Booker booker = co_await rows_.lock_booker(tx, booking.passenger, now);
    if (booker.status == AccountStatus::deleted) co_return false;
    if (trip.preferences.women_only && !booker.passenger.confirmed_female) co_return false;
    co_await tx.savepoint("revival");
    bool good = (co_await seats_.take(tx, trip, booking.from_stop, booking.to_stop, booking.seats)).has_value();
    good = good && apply(booking, BookingEvent::revive, now) && (co_await rows_.save(tx, booking)).has_value();
    if (!good) {
        co_await tx.rollback_to("revival");
        co_return false;
    }
    co_await payments_.record_hold(tx, booking.charge(), now);
    moves_.announce(tx, booking, BookingNews::confirmed, now);
    co_return true;
}

Task<void> MoneyFollower::declined(BookingId booking) {
    co_await database_.transact<Nothing>([this, booking](db::Transaction& tx) { return note_decline(tx, booking); });
}

Task<Result<Nothing>> MoneyFollower::note_decline(db::Transaction& tx, BookingId id) {
    const auto booking = co_await rows_.lock(tx, id);
    if (!booking) throw std::logic_error("a declined payment of a booking that does not exist");
    const auto payment = co_await payments_.find(tx, id);
    const bool news = payment && payment->status == PaymentStatus::intent;
    if (!news || booking->status != BookingStatus::awaiting_payment) co_return Nothing{};
    const Instant now = clock_.now();
    co_await payments_.record_decline(tx, booking->charge(), now);
    moves_.announce(tx, *booking, BookingNews::payment_declined, now);
    co_return Nothing{};
}

// Before the ride is over somebody may still cancel, and captured money would not come back; nor would that of a
// no-show before the time to contest it is over.
Task<bool> MoneyFollower::may_capture(db::Transaction& tx, BookingId booking) {
    const auto locked = co_await rows_.lock(tx, booking);
    if (!locked || moves_.holds_back(*locked, clock_.now())) co_return false;
    if (locked->status == BookingStatus::completed) co_return true;
    if (locked->status != BookingStatus::no_show_passenger) co_return false;
    const auto no_show = co_await no_shows_.find(tx, booking);
    co_return !no_show || !no_show->may_be_contested(clock_.now());
}

Task<void> MoneyFollower::captured(db::Transaction& tx, BookingId id) {
    auto booking = co_await rows_.lock(tx, id);
    const bool travelled = booking && booking->status == BookingStatus::completed;
    if (travelled) co_await moves_.go_on(tx, *booking, BookingEvent::settle, clock_.now());
}

}  // namespace safargo::bookings
