// Loads all open trips and their drivers into the index, as of one snapshot. If destroyed halfway, the index keeps its
// content, some of it newer.
#pragma once

#include "core/id_hash.hpp"
#include "db/copy_row.hpp"
#include "db/database.hpp"
#include "db/transaction.hpp"
#include "features/search/driver_cards.hpp"
#include "features/search/feed_row.hpp"
#include "matching/bulk_load.hpp"
#include "matching/trip_index.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <exception>
#include <memory>
#include <string>
#include <string_view>

namespace safargo::search {

using TripSet = boost::unordered_flat_set<TripId, IdHash>;

// All other trips leave the index with the next publish().
void keep_only(const TripSet& trips, matching::TripIndex& index);

class TripLoading {
public:
    TripLoading(matching::TripIndex& index, DriverCards& drivers);

    // Reads as `tx` sees it; half of a large table beside it, on a connection of its own.
    Task<void> read(db::Database& database, db::Transaction& tx);
    // Afterwards the index holds exactly what was read.
    void publish();

private:
    Task<void> read_here(db::Transaction& tx, std::string_view drivers, std::string condition);
    Task<void> read_drivers(db::Transaction& tx, std::string_view condition);
    Task<void> read_trips(db::Transaction& tx, std::string condition);
    Task<void> read_beside(db::Database& database, std::string snapshot, std::string condition);
    Task<void> both(Task<void> one, Task<void> other);
    Task<void> keep_failure(Task<void> task);
    void load_driver(users::DriverCard driver);
    void load_trip(const db::CopyRow& row);
    matching::Applied add();
    matching::DriverRank driver_rank(UserId driver) const;

    matching::TripIndex& index_;
    DriverCards& drivers_;
    std::unique_ptr<matching::BulkLoad> bulk_;  // null for an index that knows trips already
    TripSet seen_;                              // for such an index: all other trips are removed
    std::size_t rows_ = 0;
    std::exception_ptr failure_;  // the first
    matching::TripRow trip_;      // the one being read
    // A small table that fits in the processor's cache, unlike the cards.
    boost::unordered_flat_map<UserId, matching::DriverRank, IdHash> driver_ranks_;
};

}  // namespace safargo::search
