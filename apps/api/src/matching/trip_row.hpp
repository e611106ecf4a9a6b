// One open trip as the search feed reads it from the database.
#pragma once

#include "core/dinars.hpp"
#include "core/ids.hpp"
#include "core/lat_lng.hpp"
#include "core/preferences.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace safargo::matching {

enum class BookingMode : std::uint8_t { approval, instant };

struct Preferences {
    bool smoking = false;
    bool pets = false;
    bool music = true;
    Talk talk = Talk::normal;
    Luggage luggage = Luggage::medium;
    bool max_two_back = false;
    bool women_only = false;
    bool operator==(const Preferences&) const = default;
};

struct TripStop {
    LatLng at{};
    Instant time{};            // planned; at the first stop it is the departure
    Dinars price{};            // per seat, from the first stop to this one
    std::string_view label{};  // display name; the engine keeps a copy
};

// The driver's contribution to a trip's rank and filters.
struct DriverRank {
    float rating = -1;  // 1..5, negative: none yet
    bool verified = false;
    bool operator==(const DriverRank&) const = default;
};

struct TripRow {
    TripId id{};
    std::int64_t version = 0;  // increases with every change of the trip, but not of the rank
    UserId driver{};
    DriverRank driver_rank{};  // of its driver
    BookingMode booking_mode = BookingMode::approval;
    Preferences preferences{};
    std::optional<PlaceId> place{};
    std::vector<TripStop> stops{};          // 2..10, in order of time
    std::vector<std::uint8_t> leg_seats{};  // free seats, 0..8, one per leg
};

}  // namespace safargo::matching
