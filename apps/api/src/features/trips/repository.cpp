#include "features/trips/repository.hpp"

#include "contract/described.hpp"
#include "features/trips/trip_row.hpp"

#include <array>

namespace safargo::trips {
namespace {

std::string select_trips(std::string_view rest) {
    return "select " + std::string(trip_columns) + " from trips t " + std::string(rest);
}

const std::string find_sql = select_trips("where t.id = $1");
const db::Statement find_trip{"trip_find", find_sql};

// Not "for update": bookings point to this row, and their insert must not wait for it.
const std::string lock_sql = select_trips("where t.id = $1 for no key update of t");
const db::Statement lock_trip{"trip_lock", lock_sql};

const std::string lock_all_sql = select_trips("where t.id = any ($1) order by t.id for no key update of t");
const db::Statement lock_trips{"trip_lock_all", lock_all_sql};

constexpr db::Statement change_seats{"trip_change_seats", R"(
    update trips set version = version + 1, leg_seats_left = (
        select array_agg((seats_left - case when leg > $2 and leg <= $3 then $4 else 0::smallint end)::smallint order by leg)
        from unnest(leg_seats_left) with ordinality as legs (seats_left, leg))
    where id = $1 returning leg_seats_left, version)"};

constexpr std::array seat_refusals{db::Refusal{"trips_never_oversold", Code::trip_full}};

constexpr db::Statement set_trip_status{"trip_set_status", R"(
    update trips set status = $2, version = version + 1,
        started_at = case when $2 in ('in_progress', 'completed') then coalesce(started_at, $3) else started_at end,
        completed_at = case when $2 = 'completed' then $3 else completed_at end,
        cancelled_at = case when $2 = 'cancelled' then $3 else cancelled_at end
    where id = $1)"};

constexpr db::Statement link_return_trip{"trip_link_return", R"(
    update trips set return_trip_id = $2, version = version + 1
    where id = $1 and (return_trip_id is null or exists (
        select from trips earlier where earlier.id = trips.return_trip_id and earlier.status = 'cancelled')))"};

const std::string other_ways_sql = select_trips(R"(
    where t.driver_id = $1 and t.id <> $2 and (t.id = $3 or t.return_trip_id = $2) and t.status <> 'cancelled')");
const db::Statement find_other_ways{"trip_other_ways", other_ways_sql};

constexpr db::Statement find_taken_seat{"trip_took_somebody", R"(
    select exists (select from trips where id = $1 and seats > any (leg_seats_left)))"};

constexpr db::Statement count_day{"trip_count_of_day", R"(
    select count(*) from trips
    where driver_id = $1 and date_time >= $2 and date_time < $3 and id <> $4
      and status in ('open', 'in_progress', 'completed'))"};

// A trip leaves after it was published, so the index of drivers and departures finds those of the day.
constexpr db::Statement count_published_trips{"trip_count_published", R"(
    select count(*) from trips
    where driver_id = $1 and date_time >= $2 and published_at >= $2 and published_at < $3)"};

constexpr db::Statement find_overdue{"trip_overdue", R"(
    select arrival_at, id from trips
    where status in ('open', 'in_progress') and arrival_at < $1 and (arrival_at, id) > ($2, $3)
    order by arrival_at, id limit $4)"};

constexpr db::Statement save_trip{"trip_put", R"(
    insert into trips (id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat, destination_lng,
        date_time, arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes, stop_times, stop_prices, seats,
        leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, max_two_back, women_only, note, place_id,
        itinerary_id, return_trip_id, distance_m, duration_s, polyline, created_at, published_at)
    values ($1, $2, $3, $4, $5, ($6)[1], ($7)[1], ($6)[cardinality($6)], ($7)[cardinality($7)],
        ($10)[1], ($10)[cardinality($10)], $12, $6, $7, $8, $9, $10, $11, $13,
        $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
        $25, $26, $27, $28, $29, $30, $31)
    on conflict (id) do update set (vehicle_id, plate, status, origin_lat, origin_lng, destination_lat, destination_lng,
        date_time, arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes, stop_times, stop_prices, seats,
        leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, max_two_back, women_only, note, place_id,
        itinerary_id, return_trip_id, distance_m, duration_s, polyline, published_at, version)
    = (excluded.vehicle_id, excluded.plate, excluded.status, excluded.origin_lat, excluded.origin_lng,
        excluded.destination_lat, excluded.destination_lng, excluded.date_time, excluded.arrival_at, excluded.local_day,
        excluded.stop_lats, excluded.stop_lngs, excluded.stop_labels, excluded.stop_communes, excluded.stop_times,
        excluded.stop_prices, excluded.seats, excluded.leg_seats_left, excluded.booking_mode, excluded.smoking,
        excluded.pets, excluded.music, excluded.talk, excluded.luggage, excluded.max_two_back, excluded.women_only,
        excluded.note, excluded.place_id, excluded.itinerary_id, excluded.return_trip_id,
        excluded.distance_m, excluded.duration_s, excluded.polyline,
        excluded.published_at, trips.version + 1))"};

// Triggers see no parameters. Until the transaction ends.
constexpr db::Statement set_business_time{"trip_tell_time", "select set_config('safargo.business_time', $1, true)"};

constexpr std::array save_refusals{
    db::Refusal{"trips_no_overlap", Code::overlapping_trip},
    db::Refusal{"trips_beside_own_ride", Code::overlapping_booking},
    db::Refusal{"trips_one_driver_per_plate", Code::plate_in_use},
    db::Refusal{"trips_place_fkey", Code::validation_failed},
};

// The stops turned into the table's parallel arrays.
struct PackedStops {
    std::vector<double> lats, lngs;
    std::vector<std::string> labels, communes;
    std::vector<Instant> times;
    std::vector<Dinars> prices;
};

PackedStops pack(const std::vector<Stop>& stops) {
    PackedStops packed;
    for (const Stop& stop : stops) {
        packed.lats.push_back(stop.where.lat);
        packed.lngs.push_back(stop.where.lng);
        packed.labels.push_back(stop.label);
        packed.communes.push_back(stop.commune_id);
        packed.times.push_back(stop.at);
        packed.prices.push_back(stop.price);
    }
    return packed;
}

}  // namespace

Task<std::optional<Trip>> TripRepository::find(db::Session& session, TripId id) {
    const db::Rows rows = co_await session.query(find_trip, id);
    if (rows.empty()) co_return std::nullopt;
    co_return trip_from(rows[0]);
}

Task<std::vector<Trip>> TripRepository::other_ways(db::Session& session, Trip trip) {
    const db::Rows rows = co_await session.query(find_other_ways, trip.driver, trip.id, trip.return_trip);
    std::vector<Trip> trips;
    for (const db::Row row : rows) trips.push_back(trip_from(row));
    co_return trips;
}

Task<std::optional<Trip>> TripRepository::lock(db::Transaction& tx, TripId id) {
    const db::Rows rows = co_await tx.query(lock_trip, id);
    if (rows.empty()) co_return std::nullopt;
    co_return trip_from(rows[0]);
}

Task<std::vector<Trip>> TripRepository::lock_all(db::Transaction& tx, std::vector<TripId> ids) {
    const db::Rows rows = co_await tx.query(lock_trips, ids);
    std::vector<Trip> trips;
    for (const db::Row row : rows) trips.push_back(trip_from(row));
    co_return trips;
}

Task<Result<Nothing>> TripRepository::take_seats(db::Transaction& tx, Trip& trip, int from, int to, int seats) {
    auto rows = co_await tx.try_query(change_seats, seat_refusals, trip.id, static_cast<std::int16_t>(from),
                                      static_cast<std::int16_t>(to), static_cast<std::int16_t>(seats));
    if (!rows) co_return std::unexpected(std::move(rows.error()));
    trip.leg_seats_left = (*rows)[0].get<std::vector<int>>(0);
    trip.version = (*rows)[0].get<std::int64_t>(1);
    co_return Nothing{};
}

Task<void> TripRepository::set_status(db::Transaction& tx, TripId id, TripStatus status, Instant now) {
    co_await tx.query(set_trip_status, id, contract::enum_name(status), now);
}

Task<void> TripRepository::link_return(db::Transaction& tx, TripId outbound, TripId back) {
    co_await tx.query(link_return_trip, outbound, back);
}

Task<bool> TripRepository::took_somebody(db::Session& session, TripId id) {
    const db::Rows rows = co_await session.query(find_taken_seat, id);
    co_return rows[0].get<bool>(0);
}

Task<std::int64_t> TripRepository::count_of_day(db::Session& session, UserId driver, LocalDate day, TripId except) {
    const db::Rows rows = co_await session.query(count_day, driver, day.begins(), day.ends(), except);
    co_return rows[0].get<std::int64_t>(0);
}

Task<std::int64_t> TripRepository::count_published(db::Session& session, UserId driver, LocalDate day) {
    const db::Rows rows = co_await session.query(count_published_trips, driver, day.begins(), day.ends());
    co_return rows[0].get<std::int64_t>(0);
}

Task<std::vector<OverdueTrip>> TripRepository::overdue(db::Session& session, Instant arrived_before, OverdueTrip last,
                                                       std::size_t limit) {
    const db::Rows rows =
        co_await session.query(find_overdue, arrived_before, last.at, last.id, static_cast<std::int64_t>(limit));
    std::vector<OverdueTrip> trips;
    for (const db::Row row : rows) trips.push_back({row.get<Instant>(0), row.get<TripId>(1)});
    co_return trips;
}

Task<Result<Nothing>> TripRepository::save(db::Transaction& tx, Trip trip, Instant now) {
    const PackedStops stops = pack(trip.stops);
    const std::vector<std::int16_t> legs(trip.leg_seats_left.begin(), trip.leg_seats_left.end());
    const Preferences& likes = trip.preferences;
    co_await tx.query(set_business_time, format_instant(now));
    auto rows = co_await tx.try_query(
        save_trip, save_refusals, trip.id, trip.driver, trip.vehicle, trip.plate, contract::enum_name(trip.status),
        stops.lats, stops.lngs, stops.labels, stops.communes, stops.times, stops.prices,
        LocalDate::of(trip.departure()), static_cast<std::int16_t>(trip.seats), legs,
        contract::enum_name(trip.booking_mode), likes.smoking, likes.pets, likes.music, contract::enum_name(likes.talk),
        contract::enum_name(likes.luggage), likes.max_two_back, likes.women_only, trip.note, trip.place, trip.itinerary,
        trip.return_trip, static_cast<std::int32_t>(trip.distance_m), static_cast<std::int32_t>(trip.duration_s),
        trip.polyline, trip.created_at, trip.published_at);
    if (rows) co_return Nothing{};
    if (rows.error().code == Code::validation_failed) co_return fail("place_id", {Rule::unknown_reference});
    co_return std::unexpected(std::move(rows.error()));
}

}  // namespace safargo::trips
