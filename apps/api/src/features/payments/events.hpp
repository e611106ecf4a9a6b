// What payments need of bookings besides PaymentObserver; the composition root connects it.
#pragma once

#include "features/payments/service.hpp"

#include <optional>

namespace safargo::payments {

enum class Due {
    not_yet,  // requested: the driver has not accepted
    now,      // awaiting_payment, its deadline not reached
    over,     // anything else
};

struct ChargedBooking {
    Charge charge;
    Due due;
    bool disputed = false;                    // its money stays where it is until an admin has decided
    std::optional<Instant> waits_until = {};  // until then a no-show may be contested, or a short ride disputed
};

class BookingDesk {
public:
    virtual ~BookingDesk() = default;
    // The booking's row, locked until the transaction ends; nullopt when there is none. Who may see it is decided here,
    // in payments: its passenger and admins.
    virtual Task<std::optional<ChargedBooking>> lock_for_payment(db::Transaction& tx, BookingId booking) = 0;
};

}  // namespace safargo::payments
