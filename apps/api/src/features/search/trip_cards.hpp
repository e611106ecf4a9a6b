// What a search answer says of a trip beside what the engine knows: towns and driver. Shared by all threads.
#pragma once

#include "core/ids.hpp"
#include "core/lat_lng.hpp"
#include "features/users/types.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
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
    bool instant = false;
};

class TripCards {
public:
    void put(TripId trip, NamedStops stops, users::DriverCard driver, bool instant);
    void remove(TripId trip);
    void clear();
    // Cards of trips that left meanwhile have no parts.
    std::vector<TripCard> find(const std::vector<TripId>& trips) const;
    std::size_t size() const;

private:
    // A lock is held for one lookup, never across a wait; shards keep threads apart.
    struct Shard {
        mutable std::mutex mutex;
        std::unordered_map<TripId, TripCard> cards;
    };
    static constexpr std::size_t shard_count = 64;

    Shard& shard_of(TripId trip) const;
    std::shared_ptr<const NamedStops> share(NamedStops stops);
    std::shared_ptr<const users::DriverCard> share(users::DriverCard driver);

    mutable std::array<Shard, shard_count> shards_;
    // Written by the feed alone.
    std::unordered_multimap<std::size_t, std::weak_ptr<const NamedStops>> routes_;
    std::unordered_map<UserId, std::shared_ptr<const users::DriverCard>> drivers_;
};

}  // namespace safargo::search
