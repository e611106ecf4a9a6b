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

// What somebody with power over others did. It stays for ever, so it names people by their ids alone.
struct AuditEntry {
    std::string actor;    // "shell:<login>" for a command, the id of an account otherwise
    std::string action;   // "role.given"
    std::string subject;  // the id of whom or what it was done to
    std::string detail;   // a JSON object
};

// In the transaction of what was done.
Task<void> audit(db::Transaction& tx, AuditEntry entry, Instant now);

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
