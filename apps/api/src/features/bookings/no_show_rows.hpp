// What was reported of who did not come, and until when they may object. Guarded by the lock of the booking.
#pragma once

#include "core/ids.hpp"
#include "db/transaction.hpp"

#include <optional>

namespace safargo::bookings {

struct NoShow {
    Instant contest_until{};
    bool ended = false;  // nobody objected in time, a dispute took over, or the trip was cancelled

    bool may_be_contested(Instant now) const { return !ended && now < contest_until; }
};

class NoShowRows {
public:
    // None: nobody did, or it was reported before people could object, and is final.
    Task<std::optional<NoShow>> find(db::Session& session, BookingId booking) const;
    Task<void> insert(db::Transaction& tx, BookingId booking, Instant now, Instant contest_until) const;
    Task<void> end(db::Transaction& tx, BookingId booking, Instant now) const;
};

}  // namespace safargo::bookings
