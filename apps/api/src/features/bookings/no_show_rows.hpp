// Reported no-shows, and until when they may be contested. Guarded by the booking's lock.
#pragma once

#include "core/ids.hpp"
#include "db/transaction.hpp"

#include <optional>

namespace safargo::bookings {

struct NoShow {
    Instant contest_until{};
    bool ended = false;  // not contested in time, taken over by a dispute, or the trip was cancelled

    bool may_be_contested(Instant now) const { return !ended && now < contest_until; }
};

class NoShowRows {
public:
    // None: no no-show was reported, or it was reported before contests existed, and is final.
    Task<std::optional<NoShow>> find(db::Session& session, BookingId booking) const;
    Task<void> insert(db::Transaction& tx, BookingId booking, Instant now, Instant contest_until) const;
    Task<void> end(db::Transaction& tx, BookingId booking, Instant now) const;
};

}  // namespace safargo::bookings
