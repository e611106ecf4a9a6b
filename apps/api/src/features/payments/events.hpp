// How payments call bookings: one interface, which bookings implement; in the other direction it is `Payments`
// (service.hpp). Everything happens inside the transaction that changes the payment, whose row is locked after the
// booking's.
#pragma once

#include "features/payments/service.hpp"

#include <optional>

namespace safargo::payments {

enum class Due {
    not_yet,  // requested: the driver has not accepted
    now,      // awaiting_payment, its deadline not reached
    over,     // anything else
};

// A booking as its payment needs it.
struct PayableBooking {
    UserId passenger;
    Due due;
    bool earned = false;                      // the ride took place, or the passenger did not come
    bool disputed = false;                    // its money stays where it is until an admin has decided
    std::optional<Instant> waits_until = {};  // the end of the time to contest a no-show, or to dispute a short ride
    std::optional<Instant> pay_until = {};    // while it awaits payment
    std::optional<Instant> arrives_at = {};   // the planned end of the ride

    bool may_capture() const { return earned && !waits_until; }
};

// What happens to money that the provider holds.
enum class HeldMoney {
    taken,     // the seat is confirmed, or the driver has not answered yet: the hold is recorded
    too_late,  // the booking has ended and stays so: the money goes back
    known,     // already recorded or given back: nothing changes
};

class PaymentListener {
public:
    virtual ~PaymentListener() = default;
    // The booking's row, locked until the transaction ends; nullopt when there is none. Payments decide who may see it:
    // its passenger and admins.
    virtual Task<std::optional<PayableBooking>> lock(db::Transaction& tx, BookingId booking) = 0;
    // The provider holds the money: the booking is confirmed, or ends if it is too late. Locks trip and booking.
    virtual Task<HeldMoney> held(db::Transaction& tx, BookingId booking) = 0;
    // The provider refused to hold it. True if the booking awaits this payment, which has then failed; the passenger
    // may try again.
    virtual Task<bool> declined(db::Transaction& tx, BookingId booking) = 0;
    // The capture is recorded: a completed booking becomes settled.
    virtual Task<void> captured(db::Transaction& tx, BookingId booking) = 0;
};

}  // namespace safargo::payments
