// Drivers as search answers show them: what the engine does not know of a trip. Shared by all threads.
#pragma once

#include "core/id_hash.hpp"
#include "features/users/types.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>

namespace safargo::search {

using DriverCardPtr = std::shared_ptr<const users::DriverCard>;
using DriverSet = boost::unordered_flat_set<UserId, IdHash>;

class DriverCards {
public:
    // One thread only: the feed's.
    void put(users::DriverCard card);
    void keep_only(const DriverSet& drivers);

    // Any thread; null for a driver without an open trip.
    DriverCardPtr find(UserId driver) const;
    std::size_t size() const;

private:
    // A lock is held for one lookup, never across a wait; shards keep threads apart.
    struct Shard {
        mutable std::mutex mutex;
        boost::unordered_flat_map<UserId, DriverCardPtr, IdHash> cards;
    };
    static constexpr std::size_t shard_count = 64;

    static std::size_t shard_number(UserId driver) { return driver.value.bytes.back() % shard_count; }
    Shard& shard_of(UserId driver) { return shards_[shard_number(driver)]; }
    const Shard& shard_of(UserId driver) const { return shards_[shard_number(driver)]; }

    std::array<Shard, shard_count> shards_;
};

}  // namespace safargo::search
