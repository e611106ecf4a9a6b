// The transactional outbox: effects that must leave after the commit are rows of the same transaction. A feature
// publishes an event or a command without knowing its subscribers; jobs/outbox_dispatcher delivers it to every
// subscriber of its kind, in order per ordering_key and at least once.
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"
#include "db/event_kind.hpp"
#include "db/transaction.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace safargo::db {

struct Publication {
    std::string ordering_key;             // "payment:<id>", "user:<id>"
    std::string payload;                  // read by the handlers; sealed if it contains secrets
    std::optional<Instant> expires_at{};  // obsolete from then on, and dropped with its payload
    // A second publication with the same key is not written: its cause was merely reported twice.
    std::optional<std::string> dedupe_key{};
};

// Delivered as soon as the transaction has committed, but not before `available_at`. Written with the transaction's
// next statement or its commit.
void publish(Transaction& tx, const EventKind& kind, const Publication& publication, Instant now, Instant available_at);

// A publication as one subscriber receives it.
struct OutboxMessage {
    std::string ordering_key;
    std::string kind;
    std::string payload;
    std::int64_t id = 0;  // of the publication, the same for all its subscribers and at each attempt
    int attempts = 0;     // earlier attempts for this subscriber
    std::optional<Instant> expires_at{};
};

// Returning means done. Throwing means retry later, with back-off.
using OutboxHandler = std::function<Task<void>(OutboxMessage)>;

// What happens to a delivery that keeps failing.
enum class GivingUp {
    keeps,    // after the last attempt the row is dead and stays for inspection
    forgets,  // dead as well, but without its payload, which may hold a secret
    never     // it concerns money: retried at the longest back-off until it succeeds, with an alert
};

struct Handling {
    std::string kind;  // an EventKind, or the name of one that a higher feature publishes
    OutboxHandler handler;
};

// A subscriber. It has its own deliveries, order, attempts and slots, so it never waits for another. All events with
// one ordering key, of any kind, reach it in order.
struct Subscription {
    std::string name;                 // "bookings.notifier": unique among all subscriptions
    std::vector<Handling> handlings;  // each of a different kind
    GivingUp giving_up = GivingUp::keeps;

    const OutboxHandler* handler_of(const std::string& kind) const;  // null if it does not subscribe to the kind
};
using Subscriptions = std::vector<Subscription>;

// Earlier publications in the queue with the same keys.
struct OutboxTrace {
    bool waiting = false;  // neither sent nor dead, under its ordering key
    bool written = false;  // ever, under its dedupe key
};
Task<OutboxTrace> find_trace(Transaction& tx, Publication publication);

}  // namespace safargo::db
