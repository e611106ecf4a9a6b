#include "db/outbox.hpp"

namespace safargo::db {
namespace {

constexpr Statement insert_message{"outbox_insert", R"(
    insert into outbox (ordering_key, kind, payload, created_at, available_at, expires_at, dedupe_key)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (dedupe_key) where dedupe_key is not null do nothing)"};

}  // namespace

Task<void> enqueue(Transaction& tx, OutboxMessage message, Instant now, Instant available_at) {
    co_await tx.query(insert_message, std::move(message.ordering_key), std::move(message.kind),
                      std::move(message.payload), now, available_at, message.expires_at, std::move(message.dedupe_key));
}

}  // namespace safargo::db
