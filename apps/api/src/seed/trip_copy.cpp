#include "seed/trip_copy.hpp"

#include "contract/described.hpp"
#include "seed/copy_line.hpp"

#include <fmt/format.h>

namespace safargo::seed {
namespace {

void add_ends(CopyLine& line, const trips::Trip& trip) {
    line.add(trip.stops.front().where.lat);
    line.add(trip.stops.front().where.lng);
    line.add(trip.stops.back().where.lat);
    line.add(trip.stops.back().where.lng);
    line.add(trip.departure());
    line.add(trip.arrival());
    line.add(LocalDate::of(trip.departure()));
}

void add_stops(CopyLine& line, const trips::Trip& trip) {
    line.add_array(trip.stops, [](const trips::Stop& stop) { return fmt::format("{}", stop.where.lat); });
    line.add_array(trip.stops, [](const trips::Stop& stop) { return fmt::format("{}", stop.where.lng); });
    line.add_array(trip.stops, [](const trips::Stop& stop) -> std::string_view { return stop.label; });
    line.add_array(trip.stops, [](const trips::Stop& stop) -> std::string_view { return stop.commune_id; });
    line.add_array(trip.stops, [](const trips::Stop& stop) { return format_instant(stop.at); });
    line.add_array(trip.stops, [](const trips::Stop& stop) { return std::to_string(stop.price.amount); });
    line.add(std::int64_t{trip.seats});
    line.add_array(trip.leg_seats_left, [](int seats) { return std::to_string(seats); });
}

void add_preferences(CopyLine& line, const trips::Preferences& preferences) {
    line.add(preferences.smoking);
    line.add(preferences.pets);
    line.add(preferences.music);
    line.add(contract::enum_name(preferences.talk));
    line.add(contract::enum_name(preferences.luggage));
    line.add(preferences.max_two_back);
    line.add(preferences.women_only);
}

}  // namespace

void append_trip(std::string& out, const trips::Trip& trip) {
    CopyLine line(out);
    line.add_plain(trip.id.str());
    line.add_plain(trip.driver.str());
    line.add_plain(trip.vehicle.str());
    line.add(std::string_view(trip.plate));
    line.add(contract::enum_name(trip.status));
    add_ends(line, trip);
    add_stops(line, trip);
    line.add(contract::enum_name(trip.booking_mode));
    add_preferences(line, trip.preferences);
    trip.note ? line.add(std::string_view(*trip.note)) : line.add_null();
    trip.place ? line.add_plain(trip.place->str()) : line.add_null();
    line.add(trip.distance_m);
    line.add(trip.duration_s);
    line.add(std::string_view(trip.polyline));
    line.add(trip.created_at);
}

}  // namespace safargo::seed
