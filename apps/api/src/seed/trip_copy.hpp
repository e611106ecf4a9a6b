// Trips in COPY's text format: the fastest way into PostgreSQL.
#pragma once

#include "features/trips/types.hpp"

#include <string>
#include <string_view>

namespace safargo::seed {

// The columns in the order of append_trip.
inline constexpr std::string_view trip_copy_columns =
    "id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat, destination_lng, date_time, "
    "arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes, stop_times, stop_prices, seats, "
    "leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, max_two_back, women_only, note, place_id, "
    "distance_m, duration_s, polyline, created_at";

void append_trip(std::string& out, const trips::Trip& trip);

}  // namespace safargo::seed
