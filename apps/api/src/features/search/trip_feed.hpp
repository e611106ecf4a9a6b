// Keeps the search index equal to the committed open trips (DESIGN section 4).
//
// The cursor is the whole snapshot of the last poll: a change is new exactly if its transaction was not visible in that
// snapshot, however long the transaction ran or how late it committed.
#pragma once

#include "core/time.hpp"
#include "db/database.hpp"
#include "features/search/driver_cards.hpp"
#include "matching/trip_index.hpp"

#include <atomic>
#include <string>

namespace safargo::search {

// Called, on the feed's thread, with what its polls find.
class FeedObserver {
public:
    virtual ~FeedObserver() = default;
    virtual void changed(VehicleId) {}  // an open trip that uses it, or what is shown of the trip's driver or of itself
    virtual void changed_all() {}       // whatever the database holds may have changed
    // All that was committed by then has been reported.
    virtual void caught_up(std::chrono::steady_clock::time_point) {}
};

class TripFeed {
public:
    // One writer: no other code may change `index` or `drivers`. The server's identity is checked every `check_every`.
    TripFeed(db::Database& database, matching::TripIndex& index, DriverCards& drivers, FeedObserver& observer,
             std::chrono::milliseconds check_every = std::chrono::seconds{1});

    // Reads all open trips in one REPEATABLE READ transaction; trips in the index that are no longer open are removed.
    // Throws DependencyUnavailable for a standby, which may lag behind the latest bookings.
    Task<void> load();

    // Applies what was committed since the last poll and returns the number of trips. Loads instead, and returns the
    // total, if the changes are not enough: some were pruned past the cursor, there are too many, or the server was
    // restarted or is not the cursor's.
    Task<std::size_t> poll();

    bool loaded() const { return loaded_; }
    std::int64_t lag_ms() const;  // since the last successful reading

private:
    struct Server {
        std::string name;     // of the server's history: snapshots are comparable only under the same name
        std::string started;  // a crash may give numbers of unfinished transactions to new ones
        bool operator==(const Server&) const = default;
    };

    Task<Server> identify(db::Session& session);
    Task<bool> cursor_is_good();
    std::size_t apply_all(const db::Rows& rows);
    void apply(const db::Row& row, bool open);
    void publish();
    void forget_drivers();
    void mark_read();

    db::Database& database_;
    matching::TripIndex& index_;
    DriverCards& drivers_;
    FeedObserver& observer_;
    std::chrono::milliseconds check_every_;
    std::string snapshot_;
    Server server_;
    std::size_t forget_drivers_at_ = 0;
    std::chrono::steady_clock::time_point checked_{};
    std::atomic<bool> loaded_ = false;
    std::atomic<std::chrono::steady_clock::rep> read_at_ = 0;
};

// Records a horizon and prunes changes that every reader has had ten minutes to see (migration create_trip_feed).
Task<void> prune_trip_changes(db::Session& session, Instant now);

}  // namespace safargo::search
