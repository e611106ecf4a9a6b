// The transactional outbox: effects that must leave after the commit are rows of the same transaction.
// jobs/outbox_dispatcher sends them, in order per ordering_key, at least once.
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"
#include "db/transaction.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace safargo::db {

struct OutboxMessage {
    std::string ordering_key;             // "payment:<id>", "user:<id>"
    std::string kind;                     // "payment.capture": which handler
    std::string payload;                  // what the handler reads; sealed when it holds secrets
    std::int64_t id = 0;                  // given by the database; a stable idempotency key for vendors
    int attempts = 0;                     // how often it was tried before
    std::optional<Instant> expires_at{};  // from then on nobody wants it, and it is dropped with its payload
    // Of two messages with the same key the second is not written: what caused it was only told twice.
    std::optional<std::string> dedupe_key{};
};

// Returning means sent. Throwing means try again later, with back-off.
using OutboxHandler = std::function<Task<void>(OutboxMessage)>;

// What becomes of a message that fails again and again.
enum class GivingUp {
    keeps,    // after the last attempt the row is dead and stays for people to look at
    forgets,  // dead, too, but its payload goes: it may hold a secret
    never     // it is money: tried at the longest back-off until it succeeds, and people are told
};

struct OutboxRoute {
    std::string kind;
    OutboxHandler handler;
    GivingUp giving_up = GivingUp::keeps;
};
using OutboxRoutes = std::vector<OutboxRoute>;

// Sent as soon as the transaction has committed, but not before `available_at`. Written with the transaction's next
// statement, or with its commit.
void enqueue(Transaction& tx, const OutboxMessage& message, Instant now, Instant available_at);

// What the queue holds of messages with the keys of this one.
struct OutboxTrace {
    bool waiting = false;  // neither sent nor dead, under its ordering key
    bool written = false;  // ever, under its dedupe key
};
Task<OutboxTrace> find_trace(Transaction& tx, OutboxMessage message);

}  // namespace safargo::db
