// Flags: what happened that people should look at. Raised by other features, read by moderators and admins.
#pragma once

#include "api/cursor.hpp"
#include "core/task.hpp"
#include "db/database.hpp"
#include "features/admin/types.hpp"

namespace safargo::admin {

struct NewFlag {
    FlagKind kind;
    BookingId booking;
    TripId trip;
};

// In the transaction of what is flagged. Once per kind and booking: a repetition changes nothing.
Task<void> raise_flag(db::Transaction& tx, NewFlag flag, Instant now);

class FlagService {
public:
    FlagService(db::Database& database, const api::CursorSigner& cursors) : database_(database), cursors_(cursors) {}

    // Newest first. Whoever asks was let in by the route.
    Task<Result<FlagPage>> list(ListFlags wanted);

private:
    db::Database& database_;
    const api::CursorSigner& cursors_;
};

}  // namespace safargo::admin
