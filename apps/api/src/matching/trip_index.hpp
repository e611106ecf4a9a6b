// The trip search engine: open trips in memory, updated by one writer, searched by any number of threads without a
// lock.
// Readers see the trips of one publish(), never half a batch. A publish costs as much as its batch changes: trips are
// in immutable shards per day of departure; changed ones go to small new shards that are merged as they grow.
#pragma once

#include "matching/query.hpp"
#include "matching/trip_row.hpp"

#include <functional>
#include <memory>

namespace safargo::matching {

class BulkLoad;
class IndexWriter;
class SnapshotCell;
struct TripName;

enum class Applied : std::uint8_t {
    accepted,
    stale,      // a newer version is known, or this one with the same rank; nothing changes
    malformed,  // violates TripRow; the trip leaves the index, since its newest state cannot be shown
};

struct IndexStats {
    std::size_t trips = 0;
    std::size_t routes = 0;       // distinct stop sequences
    std::size_t shards = 0;       // immutable parts visited by searches
    std::size_t trip_bytes = 0;   // without the shared routes
    std::size_t route_bytes = 0;  // the shared routes
};

class TripIndex {
public:
    TripIndex();
    ~TripIndex();
    TripIndex(const TripIndex&) = delete;
    TripIndex& operator=(const TripIndex&) = delete;

    // Writer thread only. Changes wait for publish(). When applying many trips, publish from time to time: waiting
    // changes are less compact than published ones (about 250 bytes each), but each publish sorts its days again.
    Applied apply(const TripRow& row);                  // the trip is open: adds or replaces it
    Applied remove(TripId trip, std::int64_t version);  // no longer open; equal versions remove
    void publish();                                     // every search that starts after the return sees the batch
    void forget_removed();                              // drops the memory of removed trips' versions: call it when
                                                        // no change older than those applied can still arrive

    // Writer thread only: loads the first trips of an index twice as fast and with less memory. Null if any trip is
    // known, even a removed one. Until the load is published or destroyed, which must be before the index, only
    // searches may be called.
    std::unique_ptr<BulkLoad> start_bulk_load();
    void publish(std::unique_ptr<BulkLoad> load);

    IndexStats stats() const;
    void for_each_trip(const std::function<void(const TripName&)>& visit) const;  // published trips, in no order

    // Any thread.
    Page search(const Query& query) const;
    std::size_t size() const;  // published trips

private:
    std::unique_ptr<SnapshotCell> published_;
    std::unique_ptr<IndexWriter> writer_;
};

}  // namespace safargo::matching
