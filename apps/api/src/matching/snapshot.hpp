// One published state of the index: immutable, shares all that did not change with the states before and after it.
#pragma once

#include "matching/shard.hpp"

#include <compare>
#include <memory>

namespace safargo::matching {

struct LiveShard {
    std::shared_ptr<const Shard> shard;
    std::shared_ptr<const DeadPlaces> dead;  // null: none

    bool is_dead(Slot place) const { return dead && dead->contains(place); }
    std::size_t dead_count() const { return dead ? dead->count() : 0; }
    std::size_t live_count() const { return shard->size() - dead_count(); }
};

// Local days in Algiers of the first and of the last possible pickup. Trips that can be boarded on two days stand
// apart, so that a search for one day does not have to visit all trips of the day before.
struct BucketKey {
    std::int32_t first_day = 0;
    std::int32_t last_day = 0;
    auto operator<=>(const BucketKey&) const = default;

    static BucketKey of(const TripView& trip);
};

struct Bucket {
    BucketKey key;
    std::int64_t first_pickup_us = 0;  // bounds over its shards
    std::int64_t last_pickup_us = 0;
    std::vector<LiveShard> shards;
};

struct Snapshot {
    std::vector<std::shared_ptr<const Bucket>> buckets;  // by key
    std::size_t trips = 0;
};

}  // namespace safargo::matching
