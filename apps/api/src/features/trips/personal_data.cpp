#include "features/trips/personal_data.hpp"

namespace safargo::trips {
namespace {

constexpr std::string_view exported_trips = R"(
    select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (select id, vehicle_id, plate, status, stop_labels, stop_lats,
        stop_lngs, stop_times, stop_prices, seats, booking_mode, smoking, pets, music, talk, luggage, max_two_back,
        women_only, note, started_at, completed_at, cancelled_at, created_at
        from trips where driver_id = $1 order by date_time, id) t)";

constexpr std::string_view open_trips = R"(
    select count(*) from trips where driver_id = $1 and status in ('open', 'in_progress'))";

constexpr db::Statement unlink_drafts{"user_unlink_drafts", R"(
    update trips set return_trip_id = null
    where driver_id = $1 and return_trip_id in (select id from trips where driver_id = $1 and status = 'draft'))"};

// No one but their driver has ever seen them.
constexpr db::Statement forget_drafts{"user_forget_drafts", R"(
    delete from trips where driver_id = $1 and status = 'draft')"};

// The id replaces the plate: a plate has one driver per day.
constexpr db::Statement forget_trips{"user_forget_trips", R"(
    update trips set plate = driver_id::text, note = null where driver_id = $1)"};

Task<void> forget(db::Transaction& tx, UserId person, Instant) {
    co_await tx.query(unlink_drafts, person);
    co_await tx.query(forget_drafts, person);
    co_await tx.query(forget_trips, person);
}

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"trips", exported_trips}},
            .open_business = {{.sql = open_trips, .field = "trips.status", .allowed = "draft, completed, cancelled"}},
            .forget = forget};
}

}  // namespace safargo::trips
