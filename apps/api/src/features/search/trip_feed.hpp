// Keeps the search index equal to the committed open trips (DESIGN section 4).
//
// The cursor is the whole snapshot of the last reading: a change is new exactly when its transaction was not visible in
// it, however long that transaction ran or how late it committed.
#pragma once

#include "core/id_hash.hpp"
#include "core/time.hpp"
#include "db/copy_row.hpp"
#include "db/database.hpp"
#include "features/search/driver_cards.hpp"
#include "features/search/feed_row.hpp"
#include "matching/trip_index.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <atomic>
#include <optional>
#include <string>

namespace safargo::search {

class TripFeed {
public:
    // One writer: no other code may change `index` or `drivers`. The server's identity is asked for every
    // `check_every`.
    TripFeed(db::Database& database, matching::TripIndex& index, DriverCards& drivers,
             std::chrono::milliseconds check_every = std::chrono::seconds{1});

    // Reads all open trips in one REPEATABLE READ transaction; what is there and open no more goes. Throws
    // DependencyUnavailable for a standby, which may lag behind what a booking has just decided.
    Task<void> load();

    // Applies what was committed since the last reading and answers how many trips that were. Loads instead, and
    // answers how many trips there are, when the changes do not tell all: some were pruned past the cursor, too many
    // wait, or the server was restarted or is another one than the cursor's.
    Task<std::size_t> poll();

    bool loaded() const { return loaded_; }
    std::int64_t lag_ms() const;  // since the last successful reading

private:
    struct Server {
        std::string name;     // of the history it writes: what it says is comparable only under the same name
        std::string started;  // a crash may give numbers of unfinished transactions to new ones
        bool operator==(const Server&) const = default;
    };

    Task<void> load_rows(db::Transaction& tx);
    void load_driver(users::DriverCard driver);
    void load_row(const db::CopyRow& row);
    Task<Server> identify(db::Session& session);
    Task<bool> cursor_is_good();
    std::size_t apply_all(const db::Rows& rows);
    void apply(const db::Row& row, bool open);
    void apply(const matching::TripRow& trip);
    void publish();
    using TripSet = boost::unordered_flat_set<TripId, IdHash>;
    void keep_only(const TripSet& trips);
    void forget_drivers();
    void mark_read();

    db::Database& database_;
    matching::TripIndex& index_;
    DriverCards& drivers_;
    std::chrono::milliseconds check_every_;
    std::string snapshot_;
    Server server_;
    std::optional<TripSet> seen_;  // while loading into an index that holds trips already
    // While loading: a small table that the processor's cache keeps, unlike the cards.
    boost::unordered_flat_map<UserId, Esteem, IdHash> esteem_;
    std::size_t loaded_rows_ = 0;  // of the loading under way
    std::size_t forget_drivers_at_ = 0;
    std::chrono::steady_clock::time_point checked_{};
    std::atomic<bool> loaded_ = false;
    std::atomic<std::chrono::steady_clock::rep> read_at_ = 0;
};

// Records a horizon and forgets changes that every reader has seen for ten minutes (migration create_trip_feed).
Task<void> prune_trip_changes(db::Session& session, Instant now);

}  // namespace safargo::search
