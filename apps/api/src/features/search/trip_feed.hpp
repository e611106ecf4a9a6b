// Keeps the search index equal to the committed open trips (DESIGN section 4).
//
// The cursor is the whole snapshot of the last reading: a change is new exactly when its transaction was not visible in
// it, however long that transaction ran or how late it committed. Never read from a standby.
#pragma once

#include "core/time.hpp"
#include "db/database.hpp"
#include "features/search/trip_cards.hpp"
#include "matching/trip_index.hpp"

#include <atomic>
#include <string>

namespace safargo::search {

class TripFeed {
public:
    // One writer: no other code may change `index` or `cards`.
    TripFeed(db::Database& database, matching::TripIndex& index, TripCards& cards);

    // Loads all open trips in one REPEATABLE READ transaction, replacing what was there.
    Task<void> load();

    // Applies what was committed since the last reading and answers how many trips that were. Loads again when changes
    // were pruned past the cursor or the server is not the one the cursor came from.
    Task<std::size_t> poll();

    bool loaded() const { return loaded_; }
    std::int64_t lag_ms() const;  // since the last successful reading

private:
    Task<void> load_page(db::Transaction& tx, TripId& after, bool& more);
    Task<std::string> server_identity(db::Session& session);
    Task<bool> cursor_is_good();
    void apply(const db::Row& row, int first, bool open);
    void mark_read();

    db::Database& database_;
    matching::TripIndex& index_;
    TripCards& cards_;
    std::string snapshot_;
    std::string server_;
    std::chrono::steady_clock::time_point checked_{};
    std::unordered_map<TripId, std::int64_t> known_;  // trips in the index, to find those that a reload must remove
    std::atomic<bool> loaded_ = false;
    std::atomic<std::chrono::steady_clock::rep> read_at_ = 0;
};

// Records a horizon and forgets changes that every reader has seen for ten minutes (migration create_trip_feed).
Task<void> prune_trip_changes(db::Session& session, Instant now);

}  // namespace safargo::search
