// The trip search engine: open trips in memory, fed by one writer, searched by any number of threads without a lock.
//
// Readers see the trips as of one publish(), never half a batch. A publish costs what its batch touches: trips live in
// immutable shards per day of departure; changed ones go to small new shards that are merged as they grow.
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
    stale,      // a newer version is known already, or this one with the same rank; nothing changes
    malformed,  // breaks a rule of TripRow; the trip leaves the index, since its newest state cannot be shown
};

struct IndexStats {
    std::size_t trips = 0;
    std::size_t routes = 0;       // distinct stop sequences
    std::size_t shards = 0;       // immutable pieces that searches visit
    std::size_t trip_bytes = 0;   // everything but the shared routes
    std::size_t route_bytes = 0;  // the shared routes
};

class TripIndex {
public:
    TripIndex();
    ~TripIndex();
    TripIndex(const TripIndex&) = delete;
    TripIndex& operator=(const TripIndex&) = delete;

    // Writer thread only. Changes gather until publish(). While applying many trips, publish now and then: waiting
    // changes are not packed as tightly as published ones (about 250 bytes each), but each publish sorts its days anew.
    Applied apply(const TripRow& row);                  // the trip is open: adds or replaces it
    Applied remove(TripId trip, std::int64_t version);  // it is not open any more; equal versions remove
    void publish();                                     // every search that starts after the return sees the batch
    void forget_removed();                              // drops the memory of removed trips' versions: call it when
                                                        // no change older than those applied can still arrive

    // Writer thread only: a way for the first trips of an index, twice as fast and with less memory on the way. Null if
    // any is known, be it as removed. Until it is published or destroyed, before the index, nothing else may be called
    // but searches.
    std::unique_ptr<BulkLoad> start_bulk_load();
    void publish(std::unique_ptr<BulkLoad> load);

    IndexStats stats() const;
    void for_each_trip(const std::function<void(const TripName&)>& visit) const;  // the published ones, in no order

    // Any thread.
    Page search(const Query& query) const;
    std::size_t size() const;  // published trips

private:
    std::unique_ptr<SnapshotCell> published_;
    std::unique_ptr<IndexWriter> writer_;
};

}  // namespace safargo::matching
