#include "features/search/search_world_test.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace safargo::search {
namespace {

using matching::TripRow;

constexpr std::array talks{"quiet", "normal", "chatty"};
constexpr std::array luggages{"none", "small", "medium", "large"};

template <class Of>
std::string array_of(const TripRow& trip, std::string_view type, Of of) {
    std::vector<std::string> elements;
    elements.reserve(trip.stops.size());
    for (const auto& stop : trip.stops) elements.push_back(of(stop));
    return fmt::format("'{{{}}}'::{}[]", fmt::join(elements, ","), type);
}

std::string in_quotes(std::string_view text) {
    return fmt::format("'{}'", text);
}

// rating_sum and rating_count; ratings have one decimal.
std::pair<int, int> reviews_of(const TripRow& trip) {
    if (trip.driver_rank.rating < 0) return {0, 0};
    return {static_cast<int>(std::lround(trip.driver_rank.rating * 10)), 10};
}

std::string ensure_place(const TripRow& trip) {
    if (!trip.place) return {};
    return fmt::format(
        "insert into wilayas values (16, 'Alger', 'الجزائر', 'Algiers', 'Alger', 36.75, 3.06, null, '1962-07-05') on "
        "conflict do nothing; insert into places (id, slug, name_fr, name_ar, name_en, type, wilaya_code, lat, lng, "
        "description_fr, description_ar, description_en, folded_names) values ('{0}', '{0}', 'P', 'P', 'P', 'beach', "
        "16, 36.75, 3.06, '', '', '', 'p') on conflict do nothing;",
        trip.place->str());
}

std::string ensure_driver(const TripRow& trip) {
    const auto [sum, count] = reviews_of(trip);
    return fmt::format(
        "insert into users (id, email, name, rating_sum, rating_count, kyc_approved_at, created_at) values ('{0}', "
        "'{0}', 'Ahmed Benali', {1}, {2}, {3}, now()); insert into drivers values ('{0}', '{0}', '2031-01-01', now()); "
        "insert into vehicles values ('{0}', '{0}', 'Renault', 'Symbol', 2019, 'white', 8, '{0}', 'petrol', now());",
        trip.driver.str(), sum, count, trip.driver_rank.verified ? "now()" : "null");
}

// Everything but what never changes; arrival is after departure even where all stops have one time.
using Columns = std::vector<std::pair<std::string_view, std::string>>;
Columns columns_of(const TripRow& trip) {
    const auto& wishes = trip.preferences;
    const auto& [start, end] = std::pair(trip.stops.front(), trip.stops.back());
    const auto yes_no = [](bool value) { return std::string(value ? "true" : "false"); };
    return {
        {"version", std::to_string(trip.version)},
        {"date_time", in_quotes(format_instant(start.time))},
        {"arrival_at", in_quotes(format_instant(std::max(end.time, start.time + 1s)))},
        {"stop_lats", array_of(trip, "float8", [](const auto& stop) { return fmt::format("{}", stop.at.lat); })},
        {"stop_lngs", array_of(trip, "float8", [](const auto& stop) { return fmt::format("{}", stop.at.lng); })},
        {"stop_labels", array_of(trip, "text", [](const auto& stop) { return label_of(stop.at); })},
        {"stop_communes", array_of(trip, "text", [](const auto&) { return std::string("\"\""); })},
        {"stop_times", array_of(trip, "timestamptz", [](const auto& stop) { return format_instant(stop.time); })},
        {"stop_prices", array_of(trip, "int8", [](const auto& stop) { return std::to_string(stop.price.amount); })},
        {"leg_seats_left", fmt::format("'{{{}}}'", fmt::join(trip.leg_seats, ","))},
        {"booking_mode", trip.booking_mode == matching::BookingMode::instant ? "'instant'" : "'approval'"},
        {"smoking", yes_no(wishes.smoking)},
        {"pets", yes_no(wishes.pets)},
        {"music", yes_no(wishes.music)},
        {"talk", in_quotes(talks.at(static_cast<std::size_t>(wishes.talk)))},
        {"luggage", in_quotes(luggages.at(static_cast<std::size_t>(wishes.luggage)))},
        {"max_two_back", yes_no(wishes.max_two_back)},
        {"women_only", yes_no(wishes.women_only)},
        {"place_id", trip.place ? in_quotes(trip.place->str()) : "null"},
    };
}

}  // namespace

std::string label_of(LatLng stop) {
    return fmt::format("at {}", stop.lat);
}

std::string insert_trip(const TripRow& trip, std::string_view status) {
    std::string names, values;
    for (const auto& [name, value] : columns_of(trip)) {
        names += fmt::format(", {}", name);
        values += ", " + value;
    }
    const auto& [start, end] = std::pair(trip.stops.front(), trip.stops.back());
    return ensure_place(trip) + ensure_driver(trip) +
           fmt::format(
               "insert into trips (id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat, "
               "destination_lng, local_day, seats, distance_m, duration_s, polyline, created_at{0}) values ('{1}', "
               "'{2}', '{2}', '{2}', '{3}', {4}, {5}, {6}, {7}, '{8}', 8, 1, 1, '', now(){9});",
               names, trip.id.str(), trip.driver.str(), status, start.at.lat, start.at.lng, end.at.lat, end.at.lng,
               LocalDate::of(start.time).str(), values);
}

std::string rewrite_trip(const TripRow& trip) {
    const auto [sum, count] = reviews_of(trip);
    std::vector<std::string> assignments;
    for (const auto& [name, value] : columns_of(trip)) assignments.push_back(fmt::format("{} = {}", name, value));
    return ensure_place(trip) +
           fmt::format(
               "update users set rating_sum = {}, rating_count = {} where id = '{}'; update trips set {} where id = "
               "'{}';",
               sum, count, trip.driver.str(), fmt::join(assignments, ", "), trip.id.str());
}

}  // namespace safargo::search
