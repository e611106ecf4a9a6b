// Queries and results of the search engine.
//
// A trip matches if it has stops i < j with distance(from, stop i) <= radius and distance(to, stop j) <= radius (core
// distance_m), `seats` free on every leg i..j-1, begin <= time at i < end, time at i > now, and passes the filters. The
// filters on price and hour apply to the part i..j, so they also choose among the pairs.
// There is one match per trip: the pair with the smallest sum of both distances, then the later pickup, then the
// smaller j, then the smaller i.
// Without `to` (trips near a point) the pickup is any stop i but the last whose own leg has the seats; the part then
// runs to the furthest stop that seats and price allow, and only the distance to i counts.
#pragma once

#include "matching/trip_row.hpp"

#include <cstddef>
#include <limits>
#include <string>

namespace safargo::matching {

// Every order is total: equal keys are ordered by trip id. Proximity is the sum of both distances.
enum class Sort : std::uint8_t { relevance, departure, price, proximity, duration };

// Hours of the day in Algiers, [begin, end); begin > end spans midnight, begin = end is empty.
struct HourRange {
    int begin = 0;  // 0..23
    int end = 24;   // 1..24
};

struct Filters {
    std::optional<Dinars> price_max{};  // for the part
    std::optional<HourRange> pickup_hours{};
    bool instant_only = false;
    bool verified_only = false;
    bool women_only = false;        // only women_only trips
    std::optional<bool> smoking{};  // true: allowed; false: not allowed
    std::optional<bool> pets{};
    std::optional<bool> music{};
    std::optional<bool> max_two_back{};
    std::optional<Talk> talk{};
    std::optional<float> min_rating{};  // excludes drivers without a rating
    std::optional<Luggage> luggage{};   // or more
    std::optional<PlaceId> place{};
};

// The end of a page: the sort key (smaller first) and the trip of its last match.
struct Position {
    double key = 0;
    TripId trip{};
    auto operator<=>(const Position&) const = default;
};

struct Query {
    LatLng from{};
    std::optional<LatLng> to{};
    double radius_m = 20'000;  // up to 100,000
    Instant begin{};           // the window of the pickup, [begin, end)
    Instant end{};
    Instant now{};                 // the pickup must be after this
    int seats = 1;                 // 1..8
    bool sees_women_only = false;  // women_only trips are invisible to other searchers
    Filters filters{};
    Sort sort = Sort::relevance;
    std::size_t limit = 20;           // 0: only count
    std::optional<Position> after{};  // of the same query and sort; exclusive
};

enum class MatchKind : std::uint8_t { stops };

struct MatchedStop {
    int number = 0;  // index among the trip's stops, from 0
    LatLng at{};
    std::string label{};
    double away_m = 0;  // from the requested point, metres
    bool operator==(const MatchedStop&) const = default;
};

struct Match {
    MatchKind kind = MatchKind::stops;
    TripId trip{};
    std::int64_t version = 0;  // of the trip
    UserId driver{};
    BookingMode booking_mode = BookingMode::approval;
    MatchedStop pickup{}, dropoff{};
    Dinars price{};       // per seat, for the part
    int seats_left = 0;   // the minimum over the part's legs
    Instant departure{};  // at the pickup
    std::chrono::microseconds duration{};
    double score = 0;  // relevance, 0..1 (score.hpp)
    bool operator==(const Match&) const = default;
};

struct Page {
    std::vector<Match> items{};
    std::size_t total = 0;  // matches of the query on all pages
    std::optional<Position> next{};
};

}  // namespace safargo::matching
