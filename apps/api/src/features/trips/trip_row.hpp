// One packed row of `trips` into a Trip.
#pragma once

#include "db/rows.hpp"
#include "features/trips/types.hpp"

#include <string_view>

namespace safargo::trips {

// The columns that trip_from reads, of a table named `t`; other columns may follow them.
inline constexpr std::string_view trip_columns = R"(
    t.id, t.driver_id, t.vehicle_id, t.plate, t.status, t.stop_lats, t.stop_lngs, t.stop_labels, t.stop_communes,
    t.stop_times, t.stop_prices, t.seats, t.leg_seats_left, t.booking_mode, t.smoking, t.pets, t.music, t.talk,
    t.luggage, t.max_two_back, t.women_only, t.note, t.place_id, t.itinerary_id, t.return_trip_id,
    t.distance_m, t.duration_s, t.polyline, t.version, t.created_at, t.published_at)";
inline constexpr int trip_column_count = 31;

Trip trip_from(const db::Row& row);

}  // namespace safargo::trips
