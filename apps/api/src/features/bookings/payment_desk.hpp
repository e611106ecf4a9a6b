// What payments ask of bookings when people pay, capture or refund.
#pragma once

#include "core/clock.hpp"
#include "features/bookings/no_show_rows.hpp"
#include "features/bookings/repository.hpp"
#include "features/payments/events.hpp"

namespace safargo::bookings {

class PaymentDesk final : public payments::BookingDesk {
public:
    explicit PaymentDesk(const Clock& clock) : clock_(clock) {}
    Task<std::optional<payments::ChargedBooking>> lock_for_payment(db::Transaction& tx, BookingId booking) override;

private:
    const Clock& clock_;
    BookingRepository rows_;
    NoShowRows no_shows_;
};

}  // namespace safargo::bookings
