#include "features/admin/service.hpp"

namespace safargo::admin {
namespace {

constexpr db::Statement insert_entry{"audit_insert", R"(
    insert into audit_log (id, at, actor, action, subject, detail) values ($1, $2, $3, $4, $5, $6::jsonb))"};

}  // namespace

Task<void> audit(db::Transaction& tx, AuditEntry entry, Instant now) {
    co_await tx.query(insert_entry, Uuid::v7(now), now, entry.actor, entry.action, entry.subject, entry.detail);
}

}  // namespace safargo::admin
