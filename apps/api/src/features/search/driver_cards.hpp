// Drivers as search results show them: the data of a trip that the engine does not hold. Shared by all threads.
#pragma once

#include "core/id_hash.hpp"
#include "features/users/types.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <memory>
#include <shared_mutex>
#include <span>
#include <vector>

namespace safargo::search {

using DriverSet = boost::unordered_flat_set<UserId, IdHash>;

class DriverCards {
public:
    // One thread only: the feed's.
    void insert_or_replace(users::DriverCard card);
    void keep_only(const DriverSet& drivers);

    // Read access for any thread; hold a view only as long as it takes to look up some cards. The cards of a page are
    // scattered in memory and the lookups are independent, so their cache misses overlap.
    class View {
    public:
        const users::DriverCard* find(UserId driver) const;  // null for a driver without an open trip

    private:
        friend class DriverCards;
        explicit View(const DriverCards& cards) : lock_(cards.mutex_), cards_(cards) {}
        std::shared_lock<std::shared_mutex> lock_;
        const DriverCards& cards_;
    };
    View view() const { return View(*this); }
    std::size_t size() const;

private:
    mutable std::shared_mutex mutex_;
    boost::unordered_flat_map<UserId, std::unique_ptr<const users::DriverCard>, IdHash> cards_;
};

}  // namespace safargo::search
