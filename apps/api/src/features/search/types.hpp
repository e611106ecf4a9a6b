// The wire format of search (PRODUCT section 4).
#pragma once

#include "contract/described.hpp"
#include "core/preferences.hpp"
#include "features/search/least_rating.hpp"
#include "features/users/types.hpp"

#include <string>
#include <vector>

namespace safargo::search {

enum class SortBy { relevance, departure, price, proximity, duration };
BOOST_DESCRIBE_ENUM(SortBy, relevance, departure, price, proximity, duration)

struct SearchQuery {
    LatLng from, to;
    std::optional<LocalDate> date;
    std::optional<SeatCount> seats;
    std::optional<Bounded<1, 100>> radius_km;
    std::optional<Bounded<0, 7>> flex_days;
    std::optional<SortBy> sort;
    std::optional<Dinars> price_max;
    std::optional<Bounded<0, 23>> hour_from;  // of the pickup, in Algiers; after hour_to it goes over midnight
    std::optional<Bounded<1, 24>> hour_to;
    std::optional<bool> instant, verified, women_only, smoking, pets, music, max_two_back;
    std::optional<Talk> talk;
    std::optional<Luggage> luggage;
    std::optional<LeastRating> min_rating;
    std::optional<PlaceId> place_id;
    std::optional<Bounded<1, 100>> limit;
    std::optional<Text<512>> cursor;
};
BOOST_DESCRIBE_STRUCT(SearchQuery, (),
                      (from, to, date, seats, radius_km, flex_days, sort, price_max, hour_from, hour_to, instant,
                       verified, women_only, smoking, pets, music, max_two_back, talk, luggage, min_rating, place_id,
                       limit, cursor))

// Trips near a point, as older clients ask (their spelling of the radius is kept).
struct NearQuery {
    LatLng near;
    std::optional<Bounded<1, 100>> radiusKm;
    std::optional<LocalDate> date;
    std::optional<SeatCount> seats;
};
BOOST_DESCRIBE_STRUCT(NearQuery, (), (near, radiusKm, date, seats))

struct MatchedStop {
    std::int64_t stop;
    double lat, lng;
    std::string label;
    Instant at;
    std::int64_t distance_m;  // from the asked point
};
BOOST_DESCRIBE_STRUCT(MatchedStop, (), (stop, lat, lng, label, at, distance_m))

enum class MatchBy { stops };
BOOST_DESCRIBE_ENUM(MatchBy, stops)

struct FoundTrip {
    TripId trip_id;
    MatchBy match;
    MatchedStop from, to;
    Dinars price;
    std::string currency;
    std::int64_t seats_left;
    std::int64_t detour_m, detour_s;
    bool instant;
    users::DriverCard driver;
    Instant departure_at, arrival_at;
    std::int64_t duration_s;
    double score;
    std::vector<std::string> why;  // what is good about it: nearby, instant, verified, well_rated
};
BOOST_DESCRIBE_STRUCT(FoundTrip, (),
                      (trip_id, match, from, to, price, currency, seats_left, detour_m, detour_s, instant, driver,
                       departure_at, arrival_at, duration_s, score, why))

struct SearchPage {
    std::vector<FoundTrip> items;
    std::int64_t total;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(SearchPage, (), (items, total, next_cursor))

struct NearbyTrips {
    std::vector<FoundTrip> trips;
};
BOOST_DESCRIBE_STRUCT(NearbyTrips, (), (trips))

}  // namespace safargo::search

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::search::MatchedStop> =
    R"({"stop":0,"lat":36.7762,"lng":3.0586,"label":"Alger, gare Agha","at":"2026-12-10T07:00:00Z",)"
    R"("distance_m":850})";

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::search::FoundTrip> =
    R"({"trip_id":"01939f6e-7c00-7a3b-8c4d-5e6f70819203","match":"stops",)"
    R"("from":{"stop":0,"lat":36.7762,"lng":3.0586,"label":"Alger, gare Agha","at":"2026-12-10T07:00:00Z",)"
    R"("distance_m":850},)"
    R"("to":{"stop":2,"lat":35.6971,"lng":-0.6308,"label":"Oran, gare","at":"2026-12-10T11:30:00Z",)"
    R"("distance_m":430},)"
    R"("price":1500,"currency":"DZD","seats_left":3,"detour_m":0,"detour_s":0,"instant":true,)"
    R"("driver":{"id":"01939f6d-11a0-7c21-9d52-3b1f0c7a4e88","name":"Karim B.","rating":4.8,"reviews":27,)"
    R"("verified":true,"response_time_s":1260,"photo":null},)"
    R"("departure_at":"2026-12-10T07:00:00Z","arrival_at":"2026-12-10T11:30:00Z","duration_s":16200,"score":0.92,)"
    R"("why":["nearby","verified"]})";
