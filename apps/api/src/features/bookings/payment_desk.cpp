#include "features/bookings/payment_desk.hpp"

namespace safargo::bookings {
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

Task<std::optional<payments::ChargedBooking>> PaymentDesk::lock_for_payment(db::Transaction& tx, BookingId booking) {
    const auto locked = co_await rows_.lock(tx, booking);
    if (!locked) co_return std::nullopt;
    payments::ChargedBooking charged{locked->charge(), due_of(*locked, clock_.now())};
    charged.disputed = locked->status == BookingStatus::disputed;
    if (locked->status == BookingStatus::no_show_passenger || locked->status == BookingStatus::no_show_driver) {
        const auto no_show = co_await no_shows_.find(tx, booking);
        if (no_show && no_show->may_be_contested(clock_.now())) charged.waits_until = no_show->contest_until;
    }
    const bool rode = locked->status == BookingStatus::completed;
    if (rode && moves_.holds_back(*locked, clock_.now())) charged.waits_until = locked->settle_after;
    co_return charged;
}

}  // namespace safargo::bookings
