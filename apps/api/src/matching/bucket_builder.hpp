// Builds the next state of one bucket: marks removed trips dead, packs new ones, and merges shards so that a search
// visits few.
#pragma once

#include "matching/snapshot.hpp"
#include "matching/trip_directory.hpp"

namespace safargo::matching {

struct BucketChange {
    std::vector<TripDirectory::Located> dead;  // trips in this bucket's shards
    std::vector<TripView> arrivals;
};

class BucketBuilder {
public:
    BucketBuilder(RouteTable& routes, TripDirectory& directory) : routes_(routes), directory_(directory) {}

    // Null if nothing is left. `old` (or null) is unchanged; the directory is updated to the new places.
    std::shared_ptr<const Bucket> build(BucketKey key, const Bucket* old, const BucketChange& change);

private:
    LiveShard pack(std::span<const TripView> trips);

    RouteTable& routes_;
    TripDirectory& directory_;
};

// Takes out the shards to merge with `arrivals` new trips: those at most eight times the size gathered so far (sizes
// then fall geometrically: a bucket has few shards, and a trip is copied a bounded number of times), and those with
// more than an eighth of their places dead.
std::vector<LiveShard> take_for_merge(std::vector<LiveShard>& shards, std::size_t arrivals);

// Even parts, as few as shards allow.
template <class Trip>
std::vector<std::span<const Trip>> in_parts(std::span<const Trip> trips) {
    const std::size_t number = (trips.size() + max_shard_trips - 1) / max_shard_trips;
    std::vector<std::span<const Trip>> parts;
    for (std::size_t part = 0; part < number; ++part) {
        const std::size_t begin = trips.size() * part / number;
        const std::size_t end = trips.size() * (part + 1) / number;
        parts.push_back(trips.subspan(begin, end - begin));
    }
    return parts;
}
std::shared_ptr<const Bucket> bucket_of(BucketKey key, std::vector<LiveShard> shards);

}  // namespace safargo::matching
