// The driver's card and the vehicle beside an open trip, kept by vehicle (which has one driver): joining them was half
// of PostgreSQL's work for a request for a trip (ADR 11). Shared by all threads.
//
// Readers fill it, and the follower of the database's changes (search's feed) invalidates it: every change of an open
// trip, of its driver's card or of its vehicle drops the vehicle's entry. An entry is therefore never staler than the
// feed.
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
    VehicleSummary vehicle;  // its plate is the trip's, for callers who may see it
};

class CardCache {
public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::seconds max_lag{1};  // a feed further behind the database: nothing is found
    static constexpr std::size_t most = 65'536;        // 32 MB of entries; a full cache is cleared

    std::optional<TripCards> find(VehicleId vehicle) const;

    // Stores what was read, unless anything was invalidated since the ticket was taken: what was read may be stale.
    // Take the ticket before reading. For open trips only; changes of others are not followed.
    struct Ticket {
        std::uint64_t forgotten;
    };
    Ticket ticket() const { return {forgotten_.load()}; }
    void remember(Ticket ticket, VehicleId vehicle, TripCards cards);

    // For the follower only, one thread.
    void forget(VehicleId vehicle);
    void forget_all();
    void caught_up(Time as_of);  // all changes committed before that have been applied

    std::size_t size() const;

private:
    std::atomic<Time> current_at_{Time::min()};
    std::atomic<std::uint64_t> forgotten_ = 0;
    mutable std::shared_mutex mutex_;
    boost::unordered_flat_map<VehicleId, TripCards, IdHash> cards_;
};

}  // namespace safargo::trips
