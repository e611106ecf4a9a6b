// The outbox table as a dispatcher sees it.
#pragma once

#include "db/outbox.hpp"

#include <string>
#include <vector>

namespace safargo::jobs {

// A row that is ours until the lease ends; whoever claims it after that has another `leased_until`.
struct ClaimedMessage {
    db::OutboxMessage message;
    Instant leased_until;
    int lost_leases = 0;  // of the claims just before this one: whoever held them did not live to say what became of it
};

// Rows whose lease ran out: one of them may be what killed its process, and the others were only beside it.
enum class Suspects { none, one };

class OutboxRows {
public:
    // The oldest unsent row of each ordering key, if its kind is one of `kinds`, it is due and nobody holds it.
    // Rows of other kinds stay, and hold back what follows them under their key. Counted here, before the work.
    Task<std::vector<ClaimedMessage>> claim(db::Session& session, std::vector<std::string> kinds, std::size_t at_most,
                                            Instant now, Instant leased_until, Suspects suspects = Suspects::one) const;

    // All of these do nothing when the lease was lost. A sent payload is forgotten, and a dead one if told so: it may
    // hold a secret. What waits behind a row that is tried again becomes due with it. A row set aside stays the next of
    // its key, and is not due until somebody gives it a time again.
    Task<void> mark_sent(db::Session& session, ClaimedMessage claimed, Instant now) const;
    Task<void> retry_at(db::Session& session, ClaimedMessage claimed, Instant when, std::string why) const;
    Task<void> set_aside(db::Session& session, ClaimedMessage claimed, std::string why) const;
    Task<void> bury(db::Session& session, ClaimedMessage claimed, Instant now, std::string why, bool forget) const;
};

}  // namespace safargo::jobs
