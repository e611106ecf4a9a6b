// The outbox table as the dispatcher uses it.
#pragma once

#include "db/outbox.hpp"

#include <string>
#include <vector>

namespace safargo::jobs {

// A row that is ours until the lease ends; a later claim has a different `leased_until`.
struct ClaimedMessage {
    db::OutboxMessage message;  // as published
    Instant leased_until;
    int lost_leases = 0;       // consecutive claims before this one whose process died without recording an outcome
    std::int64_t row = 0;      // its own id; equals message.id if the publication itself is the delivery
    std::string subscriber{};  // the receiver of its own row; empty if the kind implies it
};

// Rows with expired leases: one of them may have killed its process; the others are innocent.
enum class Suspects { none, one };

// How many messages of these row kinds there is room for.
struct Room {
    std::vector<std::string> kinds;
    std::size_t at_most = 0;
};

struct Claim {
    std::vector<Room> rooms;
    Instant now, leased_until;
    Suspects suspects = Suspects::one;  // across all rooms, the one due the longest
};

class OutboxRows {
public:
    // The oldest unsent rows of each ordering key for each room, if due and unclaimed. Rows without a known subscriber
    // stay and block later ones with their key; those of another subscriber block nothing; shared kinds are left to
    // FanOut. Attempts are counted here, before the work. `sent` rows are marked first, in the same transaction, so
    // that rows waiting behind them can be claimed.
    Task<std::vector<ClaimedMessage>> claim(db::Session& session, Claim wanted,
                                            std::vector<ClaimedMessage> sent = {}) const;

    // These do nothing if the lease was lost. The payload is dropped when sent, or on request when dead: it may hold a
    // secret. When a row is retried, later ones of the same subscriber become due with it. A row set aside still blocks
    // its key, and is not due until an operator makes it available again.
    Task<void> mark_sent(db::Session& session, std::vector<ClaimedMessage> sent, Instant now) const;
    Task<void> retry_at(db::Session& session, ClaimedMessage claimed, Instant when, std::string why) const;
    Task<void> set_aside(db::Session& session, ClaimedMessage claimed, std::string why) const;
    Task<void> bury(db::Session& session, ClaimedMessage claimed, Instant now, std::string why, bool forget) const;
};

}  // namespace safargo::jobs
