// The writing side of a TripIndex: checks versions, collects changes, and builds the next snapshot from them.
#pragma once

#include "matching/bulk_load.hpp"
#include "matching/trip_index.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <map>
#include <unordered_map>

namespace safargo::matching {

class IndexWriter {
public:
    IndexWriter() = default;
    ~IndexWriter();  // destroyed after the last snapshot
    IndexWriter(const IndexWriter&) = delete;
    IndexWriter& operator=(const IndexWriter&) = delete;

    Applied apply(const TripRow& row);
    Applied remove(TripId trip, std::int64_t version);
    std::unique_ptr<const Snapshot> next(const Snapshot& newest);  // null if there are no changes
    std::unique_ptr<BulkLoad> start_bulk_load();                   // null if the index knows any trip
    std::unique_ptr<const Snapshot> first(BulkLoad& load);
    void forget_removed() { removed_ = {}; }
    IndexStats stats(const Snapshot& newest) const;

private:
    struct Waiting {
        std::int64_t version;
        std::optional<PackedTrip> trip;  // none: removed
    };
    struct Known {
        std::int64_t version;
        const TripHead* trip;  // null: removed
    };

    bool knows_nothing() const { return directory_.size() == 0 && waiting_.empty() && removed_.empty(); }
    std::optional<Known> known(TripId trip) const;
    static bool is_news(const TripRow& row, const Known& before);
    void enqueue(TripId trip, Waiting change);
    std::map<BucketKey, BucketChange> sort_waiting();
    void drop_waiting();

    RouteTable routes_;
    TripDirectory directory_;
    std::unordered_map<TripId, Waiting> waiting_;
    // Versions of removed trips, so that a late older row does not bring one back.
    boost::unordered_flat_map<TripId, std::int64_t, IdHash> removed_;
};

}  // namespace safargo::matching
