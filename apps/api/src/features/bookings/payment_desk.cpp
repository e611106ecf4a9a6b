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
    co_return payments::ChargedBooking{locked->charge(), due_of(*locked, clock_.now())};
}

}  // namespace safargo::bookings
