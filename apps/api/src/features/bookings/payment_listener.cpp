#include "features/bookings/payment_listener.hpp"

#include <stdexcept>

namespace safargo::bookings {

using payments::HeldMoney;
using payments::PaymentStatus;

namespace {

payments::Due due_of(const Booking& booking, Instant now) {
    if (booking.is_overdue(now)) return payments::Due::over;
    switch (booking.status) {
        case BookingStatus::requested:
            return payments::Due::not_yet;
        case BookingStatus::awaiting_payment:
            return payments::Due::now;
        default:
            return payments::Due::over;
    }
}

}  // namespace

// Before the ride is over the booking may still be cancelled, and captured money would not come back; the same holds
// for a no-show while it may be contested.
Task<std::optional<payments::PayableBooking>> BookingPaymentListener::lock(db::Transaction& tx, BookingId id) {
    const auto booking = co_await rows_.lock(tx, id);
    if (!booking) co_return std::nullopt;
    const Instant now = clock_.now();
    payments::PayableBooking payable{booking->passenger, due_of(*booking, now)};
    payable.earned = booking->status == BookingStatus::completed || booking->status == BookingStatus::no_show_passenger;
    payable.disputed = booking->status == BookingStatus::disputed;
    payable.pay_until = booking->expires_at;
    payable.arrives_at = booking->dropoff_at;
    payable.waits_until = co_await waits_until(tx, *booking, now);
    co_return payable;
}

Task<std::optional<Instant>> BookingPaymentListener::waits_until(db::Transaction& tx, const Booking& booking,
                                                                 Instant now) {
    if (booking.status == BookingStatus::completed && transitions_.holds_back(booking, now))
        co_return booking.settle_after;
    const bool missed =
        booking.status == BookingStatus::no_show_passenger || booking.status == BookingStatus::no_show_driver;
    if (!missed) co_return std::nullopt;
    const auto no_show = co_await no_shows_.find(tx, booking.id);
    if (!no_show || !no_show->may_be_contested(now)) co_return std::nullopt;
    co_return no_show->contest_until;
}

// Is this payment new to us?
Task<bool> BookingPaymentListener::is_waiting(db::Transaction& tx, BookingId id) {
    const auto payment = co_await payments_.find(tx, id);
    if (!payment) throw std::logic_error("a booking without a payment");
    const PaymentStatus status = payment->status;
    co_return status == PaymentStatus::intent || status == PaymentStatus::failed || status == PaymentStatus::cancelled;
}

Task<HeldMoney> BookingPaymentListener::held(db::Transaction& tx, BookingId id) {
    auto locked = co_await lock_with_trip(tx, seats_, id);
    if (!locked) throw std::logic_error("money for a booking that does not exist");
    if (!co_await is_waiting(tx, id)) co_return HeldMoney::known;
    auto& [trip, booking] = *locked;
    const Instant now = clock_.now();
    const bool sells = sells_at(trip, booking.pickup_at, now);

    const bool awaited = booking.status == BookingStatus::awaiting_payment && sells;  // the seats are still held
    if (awaited && booking.is_overdue(now) && co_await confirm_overdue(tx, booking, now)) co_return HeldMoney::taken;
    if (awaited && !booking.is_overdue(now)) {
        const auto confirmed = co_await transitions_.advance(tx, booking, BookingEvent::confirm, now);
        if (!confirmed) throw std::logic_error("an unpaid booking cannot be confirmed");
        co_return HeldMoney::taken;
    }
    const bool early = booking.status == BookingStatus::requested && sells;  // the driver has not answered yet
    if (early) co_return HeldMoney::taken;
    if (is_hold(booking.status)) co_await transitions_.expire(tx, trip, booking, now);
    if (booking.status == BookingStatus::expired && co_await revive(tx, *locked, now)) co_return HeldMoney::taken;
    transitions_.announce(tx, booking, BookingNews::money_returned, now);
    co_return HeldMoney::too_late;
}

// Late, but the seats are still free; the passenger may drive themselves by now.
Task<bool> BookingPaymentListener::confirm_overdue(db::Transaction& tx, Booking booking, Instant now) {
    co_await tx.savepoint("late_money");
    const bool good = apply(booking, BookingEvent::confirm, now) && (co_await rows_.save(tx, booking)).has_value();
    if (!good) {
        co_await tx.rollback_to("late_money");
        co_return false;
    }
    transitions_.announce(tx, booking, BookingNews::confirmed, now);
    co_return true;
}

// Takes the seats again if they are free, the passenger has not booked another ride in the meantime, and the trip is
// still what was booked: without passengers it could be edited at will.
Task<bool> BookingPaymentListener::revive(db::Transaction& tx, const LockedBooking& locked, Instant now) {
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
    transitions_.announce(tx, booking, BookingNews::confirmed, now);
    co_return true;
}

Task<bool> BookingPaymentListener::declined(db::Transaction& tx, BookingId id) {
    const auto booking = co_await rows_.lock(tx, id);
    if (!booking) throw std::logic_error("a declined payment of a booking that does not exist");
    const auto payment = co_await payments_.find(tx, id);
    const bool news = payment && payment->status == PaymentStatus::intent;
    if (!news || booking->status != BookingStatus::awaiting_payment) co_return false;
    transitions_.announce(tx, *booking, BookingNews::payment_declined, clock_.now());
    co_return true;
}

Task<void> BookingPaymentListener::captured(db::Transaction& tx, BookingId id) {
    auto booking = co_await rows_.lock(tx, id);
    const bool travelled = booking && booking->status == BookingStatus::completed;
    if (travelled) co_await transitions_.advance(tx, *booking, BookingEvent::settle, clock_.now());
}

}  // namespace safargo::bookings
