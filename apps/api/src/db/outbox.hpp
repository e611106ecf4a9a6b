// The transactional outbox: what must leave after the commit is a row of the same transaction. A feature publishes a
// fact or a command and does not know who listens; jobs/outbox_dispatcher delivers it to every subscriber of its kind,
// to each in order per ordering_key and at least once.
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
    std::string payload;                  // what the handlers read; sealed when it holds secrets
    std::optional<Instant> expires_at{};  // from then on nobody wants it, and it is dropped with its payload
    // Of two publications with the same key the second is not written: what caused it was only told twice.
    std::optional<std::string> dedupe_key{};
};

// Delivered as soon as the transaction has committed, but not before `available_at`. Written with the transaction's
// next statement, or with its commit.
void publish(Transaction& tx, const EventKind& kind, const Publication& publication, Instant now, Instant available_at);

// A publication as one subscriber receives it.
struct OutboxMessage {
    std::string ordering_key;
    std::string kind;
    std::string payload;
    std::int64_t id = 0;  // of the publication, the same for all its subscribers and at each attempt
    int attempts = 0;     // how often this subscriber was tried before
    std::optional<Instant> expires_at{};
};

// Returning means done. Throwing means try again later, with back-off.
using OutboxHandler = std::function<Task<void>(OutboxMessage)>;

// What becomes of a delivery that fails again and again.
enum class GivingUp {
    keeps,    // after the last attempt the row is dead and stays for people to look at
    forgets,  // dead, too, but its payload goes: it may hold a secret
    never     // it is money: tried at the longest back-off until it succeeds, and people are told
};

struct Handling {
    std::string kind;  // an EventKind, or the name of one that a feature above this one publishes
    OutboxHandler handler;
};

// Whoever listens. Deliveries, their order, attempts and slots are the subscriber's own: none waits for another's.
// What it receives under one ordering key it receives in order, of whatever kind it is.
struct Subscription {
    std::string name;                 // "bookings.notifier": of all subscriptions, the only one
    std::vector<Handling> handlings;  // of different kinds
    GivingUp giving_up = GivingUp::keeps;

    const OutboxHandler* handler_of(const std::string& kind) const;  // null when it does not listen to it
};
using Subscriptions = std::vector<Subscription>;

// What the queue holds of publications with the keys of this one.
struct OutboxTrace {
    bool waiting = false;  // neither sent nor dead, under its ordering key
    bool written = false;  // ever, under its dedupe key
};
Task<OutboxTrace> find_trace(Transaction& tx, Publication publication);

}  // namespace safargo::db
