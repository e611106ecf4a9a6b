// The whole row of a trip, written in one statement.
#include "contract/described.hpp"
#include "features/trips/repository.hpp"

#include <array>

namespace safargo::trips {
namespace {

constexpr db::Statement put_trip{"trip_put", R"(
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
constexpr db::Statement tell_time{"trip_tell_time", "select set_config('safargo.business_time', $1, true)"};

constexpr std::array put_refusals{
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

Task<Result<Nothing>> TripRepository::put(db::Transaction& tx, Trip trip, Instant now) {
    const PackedStops stops = pack(trip.stops);
    const std::vector<std::int16_t> legs(trip.leg_seats_left.begin(), trip.leg_seats_left.end());
    const Preferences& likes = trip.preferences;
    co_await tx.query(tell_time, format_instant(now));
    auto rows = co_await tx.try_query(
        put_trip, put_refusals, trip.id, trip.driver, trip.vehicle, trip.plate, contract::enum_name(trip.status),
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
