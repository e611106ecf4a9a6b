// What payments ask of bookings when people pay, capture or refund.
#pragma once

#include "core/clock.hpp"
#include "features/bookings/moves.hpp"
#include "features/payments/events.hpp"

namespace safargo::bookings {

class PaymentDesk final : public payments::BookingDesk {
public:
    PaymentDesk(const Clock& clock, const BookingMoves& moves) : clock_(clock), moves_(moves) {}
    Task<std::optional<payments::ChargedBooking>> lock_for_payment(db::Transaction& tx, BookingId booking) override;

private:
    const Clock& clock_;
    const BookingMoves& moves_;
    BookingRepository rows_;
    NoShowRows no_shows_;
};

}  // namespace safargo::bookings
