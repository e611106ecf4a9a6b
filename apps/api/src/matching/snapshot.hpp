// One published state of the index: immutable, sharing all unchanged parts with the states before and after.
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

// The local days in Algiers of the first and last possible pickup. Trips that can be boarded on two days have their own
// bucket, so that a search for one day need not visit all trips of the day before.
struct BucketKey {
    std::int32_t first_day = 0;
    std::int32_t last_day = 0;
    auto operator<=>(const BucketKey&) const = default;

    static BucketKey of(const TripView& trip);
};

struct Bucket {
    BucketKey key;
    std::int64_t first_pickup_us = 0;  // over its shards
    std::int64_t last_pickup_us = 0;
    std::vector<LiveShard> shards;
};

struct Snapshot {
    std::vector<std::shared_ptr<const Bucket>> buckets;  // by key
    std::size_t trips = 0;
};

}  // namespace safargo::matching
