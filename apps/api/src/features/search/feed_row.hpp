// The rows of the feed's statements as the engine and the drivers' cards take them.
#pragma once

#include "db/copy_row.hpp"
#include "db/rows.hpp"
#include "features/users/types.hpp"
#include "matching/trip_row.hpp"

#include <array>
#include <string_view>

namespace safargo::search {

// What both ways of reading select, in this order. A driver's columns are of `users u`, a trip's of `trips t`.
inline constexpr std::string_view driver_columns =
    "u.id, u.name, u.rating_sum, u.rating_count, u.kyc_approved_at is not null, u.response_seconds_sum, "
    "u.response_count";
inline constexpr std::string_view trip_columns =
    "t.id, t.version, t.driver_id, t.booking_mode, t.smoking, t.pets, t.music, t.talk, t.luggage, t.max_two_back, "
    "t.women_only, t.place_id, t.stop_lats, t.stop_lngs, t.stop_times, t.stop_prices, t.stop_labels, t.leg_seats_left";
// What search may show, of `trips t`: who is suspended, banned or gone can take nobody along. They are few, and an
// index lists them (idx_users_inactive).
inline constexpr std::string_view offered =
    "t.status = 'open' and not exists (select from users d where d.id = t.driver_id and d.status <> 'active')";
inline constexpr int driver_column_count = 7;
inline constexpr int trip_column_count = 18;
extern const std::array<db::CopyColumn, driver_column_count> driver_copy_columns;
extern const std::array<db::CopyColumn, trip_column_count> trip_copy_columns;

// `first` is the column of the id. The labels of a trip's stops lie in the row. Its driver is only named, his rank
// left as it was. A trip is read into one that may have been used before, so that its room is used again.
users::DriverCard read_driver(const db::Row& row, int first);
users::DriverCard read_driver(const db::CopyRow& row);
// False, and said in the log, for a row that nobody should have written (a NULL among its prices). That hides its own
// trip; thrown on, it would keep every later change of every trip from being seen.
bool read_trip(const db::Row& row, int first, matching::TripRow& trip);
bool read_trip(const db::CopyRow& row, matching::TripRow& trip);
void report_malformed(TripId trip);  // it can be read, but the index refuses it

matching::DriverRank driver_rank_of(const users::DriverCard& driver);

}  // namespace safargo::search
