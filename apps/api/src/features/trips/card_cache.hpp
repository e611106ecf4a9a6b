// The driver's card and the vehicle beside an open trip, kept by vehicle (which has one driver): joining them was half
// of what PostgreSQL did for a request of a trip (ADR 11). Shared by all threads.
//
// Readers fill it, and whoever follows the database's changes (search's feed) empties it: every change of an open trip,
// of its driver's card and of its vehicle forgets the vehicle. What is found is therefore at most as old as the feed.
#pragma once

#include "core/id_hash.hpp"
#include "features/trips/views.hpp"
#include "features/users/types.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <shared_mutex>

namespace safargo::trips {

struct TripCards {
    users::DriverCard driver;
    VehicleSummary vehicle;  // its plate is the trip's, for those who may know it
};

class CardCache {
public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::seconds max_lag{1};  // behind the database; nothing is found until it caught up again
    static constexpr std::size_t most = 65'536;        // 32 MB of entries; a full one starts anew

    std::optional<TripCards> find(VehicleId vehicle) const;

    // What was read is remembered unless anything was forgotten since the ticket was taken, which must have been before
    // the reading began: it may be what was just forgotten. Of open trips only; changes of others are not followed.
    struct Ticket {
        std::uint64_t forgotten;
    };
    Ticket ticket() const { return {forgotten_.load()}; }
    void remember(Ticket ticket, VehicleId vehicle, TripCards cards);

    // The follower's, one thread.
    void forget(VehicleId vehicle);
    void forget_all();
    void caught_up(Time as_of);  // whatever changes were committed before that are forgotten

    std::size_t size() const;

private:
    std::atomic<Time> current_at_{Time::min()};
    std::atomic<std::uint64_t> forgotten_ = 0;
    mutable std::shared_mutex mutex_;
    boost::unordered_flat_map<VehicleId, TripCards, IdHash> cards_;
};

}  // namespace safargo::trips
