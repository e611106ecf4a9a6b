// A trip as the rules see it. The wire format is in views.hpp.
#pragma once

#include "core/dinars.hpp"
#include "core/ids.hpp"
#include "core/lat_lng.hpp"
#include "core/preferences.hpp"
#include "core/time.hpp"

#include <boost/describe/enum.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace safargo::trips {

enum class TripStatus { draft, open, in_progress, completed, cancelled };
BOOST_DESCRIBE_ENUM(TripStatus, draft, open, in_progress, completed, cancelled)

enum class BookingMode { instant, approval };
BOOST_DESCRIBE_ENUM(BookingMode, instant, approval)

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

struct Stop {
    LatLng where;
    std::string label;
    std::string commune_id;  // "" when unknown
    Instant at;              // planned
    Dinars price;            // per seat from the first stop to this one

    bool operator==(const Stop&) const = default;
};

// Legs are numbered by the stop they leave from: leg i goes from stop i to stop i + 1.
struct Trip {
    TripId id;
    UserId driver;
    VehicleId vehicle;
    std::string plate;
    TripStatus status = TripStatus::draft;
    std::vector<Stop> stops;
    int seats = 1;
    std::vector<int> leg_seats_left;
    BookingMode booking_mode = BookingMode::instant;
    Preferences preferences;
    std::optional<std::string> note;
    std::optional<PlaceId> place;
    std::optional<ItineraryId> itinerary;
    std::optional<TripId> return_trip;
    std::int64_t distance_m = 0;
    std::int64_t duration_s = 0;
    std::string polyline;
    std::int64_t version = 1;
    Instant created_at;
    std::optional<Instant> published_at{};  // when it first became an offer

    // Bookings hold their seats from their first state on, so free seats tell whether there are passengers.
    bool has_passengers() const {
        return std::ranges::any_of(leg_seats_left, [this](int left) { return left < seats; });
    }
    Instant departure() const { return stops.front().at; }
    Instant arrival() const { return stops.back().at; }
    Dinars price_between(std::size_t from, std::size_t to) const { return stops[to].price - stops[from].price; }
};

}  // namespace safargo::trips
