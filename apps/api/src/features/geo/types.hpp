// The wire format of geography (PRODUCT section 4): names, positions and distances.
#pragma once

#include "contract/described.hpp"
#include "features/vehicles/types.hpp"

#include <string>
#include <vector>

namespace safargo::geo_routes {

// One name per language.
struct LocalisedNames {
    std::string fr, ar, en;
    const std::string& in(Language language) const {
        return language == Language::ar ? ar : language == Language::en ? en : fr;
    }
};
BOOST_DESCRIBE_STRUCT(LocalisedNames, (), (fr, ar, en))

struct WilayaName {
    std::int64_t code;
    std::string name;  // in the caller's language
};
BOOST_DESCRIBE_STRUCT(WilayaName, (), (code, name))

struct SuggestQuery {
    Text<100> q;
    std::optional<Bounded<1, 20>> limit;
};
BOOST_DESCRIBE_STRUCT(SuggestQuery, (), (q, limit))

enum class PlaceKind { wilaya, commune, locality, place };
BOOST_DESCRIBE_ENUM(PlaceKind, wilaya, commune, locality, place)

struct PlaceSuggestion {
    PlaceKind kind;
    std::string code;                       // "31", "3101", "gn2507480", "santa-cruz"
    std::string name;                       // in the caller's language
    std::optional<std::string> other_name;  // in the other script
    WilayaName wilaya;
    double lat, lng;
};
BOOST_DESCRIBE_STRUCT(PlaceSuggestion, (), (kind, code, name, other_name, wilaya, lat, lng))

struct PlaceSuggestions {
    std::vector<PlaceSuggestion> items;  // best first
};
BOOST_DESCRIBE_STRUCT(PlaceSuggestions, (), (items))

struct RouteQuery {
    LatLng from, to;
    std::optional<vehicles::Fuel> fuel;  // petrol by default
};
BOOST_DESCRIBE_STRUCT(RouteQuery, (), (from, to, fuel))

// A seat, all the way.
struct SeatFare {
    Dinars recommended, cap;
    std::string currency;
};
BOOST_DESCRIBE_STRUCT(SeatFare, (), (recommended, cap, currency))

struct RoadRoute {
    std::int64_t distance_m, duration_s;
    std::string polyline;  // Google's encoding, precision 5
    SeatFare fare;
};
BOOST_DESCRIBE_STRUCT(RoadRoute, (), (distance_m, duration_s, polyline, fare))

struct WilayaView {
    std::int64_t code;
    std::string name;  // in the caller's language
    LocalisedNames names;
    std::string capital;
    double lat, lng;                          // of the capital
    std::optional<std::int64_t> mother_code;  // the wilaya it was part of
    std::optional<LocalDate> powers_from;     // none: since before our records
    bool has_powers;                          // today in Algiers
};
BOOST_DESCRIBE_STRUCT(WilayaView, (), (code, name, names, capital, lat, lng, mother_code, powers_from, has_powers))

struct WilayaList {
    std::vector<WilayaView> items;  // by code
};
BOOST_DESCRIBE_STRUCT(WilayaList, (), (items))

}  // namespace safargo::geo_routes

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::geo_routes::LocalisedNames> =
    R"({"fr":"Oran","ar":"وهران","en":"Oran"})";

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::geo_routes::WilayaName> =
    R"({"code":31,"name":"Oran"})";

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::geo_routes::PlaceSuggestion> =
    R"({"kind":"commune","code":"3101","name":"Oran","other_name":"وهران",)"
    R"("wilaya":{"code":31,"name":"Oran"},"lat":35.6971,"lng":-0.6308})";

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::geo_routes::WilayaView> =
    R"({"code":31,"name":"Oran","names":{"fr":"Oran","ar":"وهران","en":"Oran"},)"
    R"("capital":"Oran","lat":35.6971,"lng":-0.6308,)"
    R"("mother_code":null,"powers_from":null,"has_powers":true})";
