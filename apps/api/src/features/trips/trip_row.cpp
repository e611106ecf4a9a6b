#include "features/trips/trip_row.hpp"

#include "contract/described.hpp"

namespace safargo::trips {
namespace {

std::vector<Stop> stops_from(const db::Row& row) {
    const auto lats = row.get<std::vector<double>>(5), lngs = row.get<std::vector<double>>(6);
    auto labels = row.get<std::vector<std::string>>(7), communes = row.get<std::vector<std::string>>(8);
    const auto times = row.get<std::vector<Instant>>(9);
    const auto prices = row.get<std::vector<Dinars>>(10);
    std::vector<Stop> stops;
    stops.reserve(lats.size());
    // The table's shape check keeps the arrays equally long.
    for (std::size_t i = 0; i < lats.size(); ++i) {
        stops.push_back({.where = {lats[i], lngs[i]},
                         .label = std::move(labels[i]),
                         .commune_id = std::move(communes[i]),
                         .at = times[i],
                         .price = prices[i]});
    }
    return stops;
}

Preferences preferences_from(const db::Row& row) {
    return {.smoking = row.get<bool>(14),
            .pets = row.get<bool>(15),
            .music = row.get<bool>(16),
            .talk = row.get<Talk>(17),
            .luggage = row.get<Luggage>(18),
            .max_two_back = row.get<bool>(19),
            .women_only = row.get<bool>(20)};
}

}  // namespace

Trip trip_from(const db::Row& row) {
    return {.id = row.get<TripId>(0),
            .driver = row.get<UserId>(1),
            .vehicle = row.get<VehicleId>(2),
            .plate = row.get<std::string>(3),
            .status = row.get<TripStatus>(4),
            .stops = stops_from(row),
            .seats = row.get<std::int32_t>(11),
            .leg_seats_left = row.get<std::vector<int>>(12),
            .booking_mode = row.get<BookingMode>(13),
            .preferences = preferences_from(row),
            .note = row.get<std::optional<std::string>>(21),
            .place = row.get<std::optional<PlaceId>>(22),
            .itinerary = row.get<std::optional<ItineraryId>>(23),
            .return_trip = row.get<std::optional<TripId>>(24),
            .distance_m = row.get<std::int64_t>(25),
            .duration_s = row.get<std::int64_t>(26),
            .polyline = row.get<std::string>(27),
            .version = row.get<std::int64_t>(28),
            .created_at = row.get<Instant>(29),
            .published_at = row.get<std::optional<Instant>>(30)};
}

}  // namespace safargo::trips
