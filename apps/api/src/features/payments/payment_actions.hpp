// What people do with the payment of a booking: its passenger opens and confirms it, an admin captures and refunds.
// Other people's bookings are not_found.
#pragma once

#include "core/caller.hpp"
#include "features/payments/provider_tasks.hpp"
#include "features/payments/types.hpp"

namespace safargo::payments {

class PaymentActions {
public:
    PaymentActions(db::Database& database, const Clock& clock, ProviderTasks& tasks, live::Announcer announcer = {})
        : database_(database), clock_(clock), tasks_(tasks), announcer_(announcer) {}

    // The current payment; a declined one is reopened if its booking still awaits payment.
    Task<Result<PaymentView>> intent(db::Transaction& tx, Caller caller, BookingId booking);

    // Checks whether the hold may be tried; after the commit, it is. A payment that is already held is returned
    // unchanged.
    Task<Result<PaymentView>> confirm(db::Transaction& tx, Caller caller, BookingId booking);
    Task<Result<PaymentView>> try_hold(PaymentView confirmed);

    // Captures held money before its settlement delay is over, if the booking lets it. Admins only. While there is a
    // dispute, or a no-show may still be contested, the money is frozen: dispute_open, too_early.
    Task<Result<PaymentView>> capture(db::Transaction& tx, Caller caller, BookingId booking);
    Task<Result<PaymentView>> capture_now(PaymentView chosen);

    // Gives captured money back, in part or all that is left. Admins only. illegal_transition for money that is only
    // held (it goes back by cancelling the booking) and for cash, which we never hold.
    Task<Result<PaymentView>> refund(db::Transaction& tx, Caller caller, BookingId booking, RefundPayment wanted);

private:
    // The payment, locked after its booking.
    struct Locked {
        PayableBooking booking;
        Payment payment;
    };
    Task<Result<PayableBooking>> lock_own(db::Transaction& tx, Caller caller, BookingId booking);
    Task<Result<Locked>> lock_for_admin(db::Transaction& tx, Caller caller, BookingId booking);
    Task<Result<Nothing>> give_back(db::Transaction& tx, Payment& payment, Caller admin, RefundPayment wanted);
    Task<BookingId> booking_of(PaymentId payment);
    Task<PaymentView> current(BookingId booking);

    db::Database& database_;
    const Clock& clock_;
    ProviderTasks& tasks_;
    live::Announcer announcer_;
};

}  // namespace safargo::payments
