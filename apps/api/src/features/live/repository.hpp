// Rows of `user_events` and `user_event_counts`. SQL only; features write through Announcer.
#pragma once

#include "db/session.hpp"
#include "features/live/types.hpp"

#include <optional>
#include <vector>

namespace safargo::live {

// Where a stream begins.
struct Start {
    std::int64_t position = 0;  // of the last event that its client has seen
    bool missed = false;        // some since then are gone, or it never was one of theirs: its client reads all anew
    std::int64_t left = 0;      // events after it
};

// Whose events are wanted, and after which position.
struct Readers {
    std::vector<UserId> people;
    std::vector<std::int64_t> after;  // one per person
};

inline constexpr std::int64_t events_per_person = 100;
inline constexpr std::int64_t events_per_reading = 5'000;

class EventRepository {
public:
    // After `last_seen`, or after everything that has happened so far.
    Task<Start> start(db::Session& session, UserId user, std::optional<std::int64_t> last_seen) const;

    // Of each person the next ones in order, at most events_per_person, and events_per_reading in all. Gives positions
    // to those that have none yet.
    Task<std::vector<StoredEvent>> read(db::Session& session, Readers readers) const;
};

}  // namespace safargo::live
