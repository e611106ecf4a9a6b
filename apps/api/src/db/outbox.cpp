#include "db/outbox.hpp"

#include <algorithm>

namespace safargo::db {
namespace {

constexpr Statement insert_message{"outbox_insert", R"(
    insert into outbox (ordering_key, kind, payload, created_at, available_at, expires_at, dedupe_key)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (dedupe_key) where dedupe_key is not null do nothing)"};

constexpr Statement find_keys{"outbox_find_trace", R"(
    select exists (select from outbox where ordering_key = $1 and sent_at is null and dead_at is null),
           exists (select from outbox where dedupe_key = $2))"};

}  // namespace

void publish(Transaction& tx, const EventKind& kind, const Publication& publication, Instant now,
             Instant available_at) {
    tx.defer(insert_message, publication.ordering_key, kind.name(), publication.payload, now, available_at,
             publication.expires_at, publication.dedupe_key);
}

const OutboxHandler* Subscription::handler_of(const std::string& kind) const {
    const auto found = std::ranges::find(handlings, kind, &Handling::kind);
    return found == handlings.end() ? nullptr : &found->handler;
}

Task<OutboxTrace> find_trace(Transaction& tx, Publication publication) {
    const Rows rows =
        co_await tx.query(find_keys, std::move(publication.ordering_key), std::move(publication.dedupe_key));
    co_return OutboxTrace{.waiting = rows[0].get<bool>(0), .written = rows[0].get<bool>(1)};
}

}  // namespace safargo::db
