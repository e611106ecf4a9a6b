// The transactional outbox: effects that must leave after the commit are rows of the same transaction.
// jobs/outbox_dispatcher sends them, in order per ordering_key, at least once.
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"
#include "db/transaction.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace safargo::db {

struct OutboxMessage {
    std::string ordering_key;  // "payment:<id>", "user:<id>"
    std::string kind;          // "payment.capture": which handler
    std::string payload;       // what the handler reads; sealed when it holds secrets
    std::int64_t id = 0;       // given by the database; a stable idempotency key for vendors
    int attempts = 0;          // how often it was tried before
};

// Returning means sent. Throwing means try again later, with back-off; after the last attempt the row is dead.
using OutboxHandler = std::function<Task<void>(OutboxMessage)>;

struct OutboxRoute {
    std::string kind;
    OutboxHandler handler;
};
using OutboxRoutes = std::vector<OutboxRoute>;

// Sent as soon as the transaction has committed, but not before `available_at`.
Task<void> enqueue(Transaction& tx, OutboxMessage message, Instant now, Instant available_at);

}  // namespace safargo::db
