// Converts rows of the feed's statements into the engine's trips and drivers' cards.
#pragma once

#include "db/copy_row.hpp"
#include "db/rows.hpp"
#include "features/users/types.hpp"
#include "matching/trip_row.hpp"

#include <array>
#include <string_view>

namespace safargo::search {

// The columns selected by both ways of reading, in this order. A driver's columns come from `users u`, a trip's from
// `trips t`.
inline constexpr std::string_view driver_columns =
    "u.id, u.name, u.rating_sum, u.rating_count, u.kyc_approved_at is not null, u.response_seconds_sum, "
    "u.response_count, u.photo_id";
inline constexpr std::string_view trip_columns =
    "t.id, t.version, t.driver_id, t.booking_mode, t.smoking, t.pets, t.music, t.talk, t.luggage, t.max_two_back, "
    "t.women_only, t.place_id, t.stop_lats, t.stop_lngs, t.stop_times, t.stop_prices, t.stop_labels, t.leg_seats_left";
// Which of `trips t` search may show: not those of suspended, banned or deleted drivers. These are few, and an index
// lists them (idx_users_inactive).
inline constexpr std::string_view offered =
    "t.status = 'open' and not exists (select from users d where d.id = t.driver_id and d.status <> 'active')";
inline constexpr int driver_column_count = 8;
inline constexpr int trip_column_count = 18;
extern const std::array<db::CopyColumn, driver_column_count> driver_copy_columns;
extern const std::array<db::CopyColumn, trip_column_count> trip_copy_columns;

// `first` is the column of the id. The labels of a trip's stops point into the row. Only the driver's id is set; the
// rank stays as it was. A trip may be read into a used object, so that its memory is reused.
users::DriverCard read_driver(const db::Row& row, int first);
users::DriverCard read_driver(const db::CopyRow& row);
// False, and logged, for a malformed row (such as a NULL among its prices). It then hides only its own trip; an
// exception would block every later change of every trip.
bool read_trip(const db::Row& row, int first, matching::TripRow& trip);
bool read_trip(const db::CopyRow& row, matching::TripRow& trip);
void report_malformed(TripId trip);  // readable, but refused by the index

matching::DriverRank driver_rank_of(const users::DriverCard& driver);

}  // namespace safargo::search
