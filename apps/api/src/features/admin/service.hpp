// Flags: events that need human review. Raised by other features, read by moderators and admins.
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

// In the transaction that causes the flag. Once per kind and booking: a repetition changes nothing.
Task<void> raise_flag(db::Transaction& tx, NewFlag flag, Instant now);

// A privileged action. The record is permanent, so it names people only by their ids.
struct AuditEntry {
    std::string actor;    // "shell:<login>" for a command, the id of an account otherwise
    std::string action;   // "role.given"
    std::string subject;  // the id of the person or thing affected
    std::string detail;   // a JSON object
};

// In the transaction of the action.
Task<void> audit(db::Transaction& tx, AuditEntry entry, Instant now);

class FlagService {
public:
    FlagService(db::Database& database, const api::CursorSigner& cursors) : database_(database), cursors_(cursors) {}

    // Newest first. The route has authorised the caller.
    Task<Result<FlagPage>> list(ListFlags wanted);

private:
    db::Database& database_;
    const api::CursorSigner& cursors_;
};

}  // namespace safargo::admin
