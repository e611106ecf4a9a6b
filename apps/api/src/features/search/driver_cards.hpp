// Drivers as search answers show them: what the engine does not know of a trip. Shared by all threads.
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

    // What any thread may look at while it holds the view, which must not be for longer than a lookup of some cards.
    // The cards of a page lie all over memory and nothing orders one lookup behind another, so their waits overlap.
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
