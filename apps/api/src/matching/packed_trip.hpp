// A compact trip: data read by nearly every search (TripHead), data for results only (TripName), and its later stops.
#pragma once

#include "matching/route.hpp"
#include "matching/trip_row.hpp"

#include <array>

namespace safargo::matching {

inline constexpr std::size_t max_stops = 10;

// The free seats of nine legs and all flags in one word, so that most filters are one comparison.
namespace trip_bits {
inline constexpr int seat_bits = 4;
inline constexpr std::uint64_t instant = 1ull << 36;
inline constexpr std::uint64_t verified = 1ull << 37;
inline constexpr std::uint64_t smoking = 1ull << 38;
inline constexpr std::uint64_t pets = 1ull << 39;
inline constexpr std::uint64_t music = 1ull << 40;
inline constexpr std::uint64_t max_two_back = 1ull << 41;
inline constexpr std::uint64_t women_only = 1ull << 42;
inline constexpr std::uint64_t has_place = 1ull << 43;
inline constexpr int talk_shift = 44;
inline constexpr std::uint64_t talk = 3ull << talk_shift;
inline constexpr int luggage_shift = 46;
inline constexpr std::uint64_t luggage = 3ull << luggage_shift;
}  // namespace trip_bits

struct TripHead {
    std::int64_t departure_us = 0;  // since the epoch
    std::uint64_t bits = 0;
    const Route* route = nullptr;
    std::uint32_t tail = 0;  // index of its first later stop in the shard
    float rating = -1;

    int seats_on(std::size_t leg) const {
        return static_cast<int>(bits >> (leg * trip_bits::seat_bits) & ((1u << trip_bits::seat_bits) - 1));
    }
};
static_assert(sizeof(TripHead) == 32);

// A stop after the first, relative to the first.
struct LaterStop {
    static constexpr std::int64_t max_after_us = (std::int64_t{1} << 42) - 1;  // 50 days
    static constexpr std::int64_t max_price = (std::int64_t{1} << 21) - 1;     // 2 million dinars

    std::uint64_t after_us : 42 = 0;
    std::int64_t price : 22 = 0;
};
static_assert(sizeof(LaterStop) == 8);

struct TripName {
    TripId trip{};
    UserId driver{};
    std::int64_t version = 0;
};

// The contents of one place in a shard, wherever stored.
struct TripView {
    const TripHead* head = nullptr;
    const TripName* name = nullptr;
    const LaterStop* later = nullptr;  // one less than the route's stops
    const PlaceId* place = nullptr;    // or null
};

struct PackedTrip {
    TripHead head;
    TripName name;
    std::optional<PlaceId> place{};
    std::array<LaterStop, max_stops - 1> later{};

    TripView view() const { return {&head, &name, later.data(), place ? &*place : nullptr}; }
};

bool is_well_formed(const TripRow& row);
PackedTrip pack(const TripRow& row, RouteTable& routes);  // takes a reference on its route
void set_driver_rank(TripHead& trip, DriverRank driver_rank);
bool has_driver_rank(const TripHead& trip, DriverRank driver_rank);

inline std::int64_t microseconds(Instant instant) {
    return instant.time_since_epoch().count();
}
inline Instant instant(std::int64_t us) {
    return Instant(std::chrono::microseconds(us));
}

}  // namespace safargo::matching
