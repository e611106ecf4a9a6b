// The outbox table as a dispatcher sees it.
#pragma once

#include "db/outbox.hpp"

#include <string>
#include <vector>

namespace safargo::jobs {

// A row that is ours until the lease ends; whoever claims it after that has another `leased_until`.
struct ClaimedMessage {
    db::OutboxMessage message;  // as it was published
    Instant leased_until;
    int lost_leases = 0;  // of the claims just before this one: whoever held them did not live to say what became of it
    std::int64_t row = 0;      // its own id; message.id when the publication itself is the delivery
    std::string subscriber{};  // whom a delivery of its own is for; empty when its kind says it
};

// Rows whose lease ran out: one of them may be what killed its process, and the others were only beside it.
enum class Suspects { none, one };

// How many messages of these kinds (of rows) there is room for.
struct Room {
    std::vector<std::string> kinds;
    std::size_t at_most = 0;
};

struct Claim {
    std::vector<Room> rooms;
    Instant now, leased_until;
    Suspects suspects = Suspects::one;  // of all rooms together, the one that is due for the longest time
};

class OutboxRows {
public:
    // The oldest unsent rows of each ordering key for each room, if they are due and nobody holds them. Rows that
    // nobody subscribed to yet stay, and hold back what follows them under their key; those of another subscriber hold
    // back nothing; shared kinds are left to FanOut. Counted here, before the work. In the same transaction, and before
    // it, `sent` are marked: what waits behind them may be among the claimed.
    Task<std::vector<ClaimedMessage>> claim(db::Session& session, Claim wanted,
                                            std::vector<ClaimedMessage> sent = {}) const;

    // All of these do nothing when the lease was lost. A sent payload is forgotten, and a dead one if told so: it may
    // hold a secret. What waits for the same subscriber behind a row that is tried again becomes due with it. A row set
    // aside stays the next of
    // its key, and is not due until somebody gives it a time again.
    Task<void> mark_sent(db::Session& session, std::vector<ClaimedMessage> sent, Instant now) const;
    Task<void> retry_at(db::Session& session, ClaimedMessage claimed, Instant when, std::string why) const;
    Task<void> set_aside(db::Session& session, ClaimedMessage claimed, std::string why) const;
    Task<void> bury(db::Session& session, ClaimedMessage claimed, Instant now, std::string why, bool forget) const;
};

}  // namespace safargo::jobs
