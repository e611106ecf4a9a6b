// What a search answer says of a trip beside what the engine knows: towns and driver. Shared by all threads.
#pragma once

#include "core/ids.hpp"
#include "core/lat_lng.hpp"
#include "features/users/types.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace safargo::search {

struct NamedStop {
    LatLng where;
    std::string label;
    bool operator==(const NamedStop&) const = default;
};
using NamedStops = std::vector<NamedStop>;

// Trips of one route and trips of one driver share their parts.
struct TripCard {
    std::shared_ptr<const NamedStops> stops;
    std::shared_ptr<const users::DriverCard> driver;
    std::int64_t version = 0;
    std::uint32_t loading = 0;  // the loading of all trips that saw it last
    bool instant = false;
};

class TripCards {
public:
    // One thread only: the feed's.
    void put(TripId trip, NamedStops stops, users::DriverCard driver, TripCard rest);
    void remove(TripId trip);
    std::vector<std::pair<TripId, std::int64_t>> not_seen_by(std::uint32_t loading) const;  // with their versions

    // Any thread. Cards of trips that left meanwhile have no parts.
    std::vector<TripCard> find(const std::vector<TripId>& trips) const;
    std::size_t size() const;
    std::size_t shared_parts() const;  // routes and drivers that are kept; the feed's thread only

private:
    // A lock is held for one lookup, never across a wait; shards keep threads apart.
    struct Shard {
        mutable std::mutex mutex;
        std::unordered_map<TripId, TripCard> cards;
    };
    static constexpr std::size_t shard_count = 64;

    Shard& shard_of(TripId trip) { return shards_[std::hash<TripId>{}(trip) % shard_count]; }
    const Shard& shard_of(TripId trip) const { return shards_[std::hash<TripId>{}(trip) % shard_count]; }
    std::shared_ptr<const NamedStops> share(NamedStops stops);
    std::shared_ptr<const users::DriverCard> share(users::DriverCard driver);
    void forget_unused();

    std::array<Shard, shard_count> shards_;
    // Written by the feed alone; they only find what trips still hold.
    std::unordered_multimap<std::size_t, std::weak_ptr<const NamedStops>> routes_;
    std::unordered_map<UserId, std::weak_ptr<const users::DriverCard>> drivers_;
    std::size_t forget_at_ = 0;
};

}  // namespace safargo::search
