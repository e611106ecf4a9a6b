#include "features/trips/views.hpp"

namespace safargo::trips {
namespace {

TripPreferences view(const Preferences& preferences) {
    return {.smoking = preferences.smoking,
            .pets = preferences.pets,
            .music = preferences.music,
            .talk = preferences.talk,
            .luggage = preferences.luggage,
            .max_two_back = preferences.max_two_back,
            .women_only = preferences.women_only};
}

std::vector<TripStop> stops_of(const Trip& trip) {
    std::vector<TripStop> stops;
    for (const Stop& stop : trip.stops) {
        stops.push_back({.position = std::ssize(stops),
                         .lat = stop.where.lat,
                         .lng = stop.where.lng,
                         .label = stop.label,
                         .commune_id = stop.commune_id.empty() ? std::nullopt : std::optional(stop.commune_id),
                         .at = stop.at,
                         .price = stop.price});
    }
    return stops;
}

std::vector<TripLeg> legs_of(const Trip& trip) {
    std::vector<TripLeg> legs;
    for (std::size_t leg = 0; leg < trip.leg_seats_left.size(); ++leg) {
        legs.push_back({.from = static_cast<std::int64_t>(leg),
                        .to = static_cast<std::int64_t>(leg) + 1,
                        .price = trip.price_between(leg, leg + 1),
                        .seats_left = trip.leg_seats_left[leg]});
    }
    return legs;
}

}  // namespace

TripView view(const Trip& trip, users::DriverCard driver, VehicleSummary vehicle) {
    return {.id = trip.id,
            .status = trip.status,
            .driver = std::move(driver),
            .vehicle = std::move(vehicle),
            .departure_at = trip.departure(),
            .arrival_at = trip.arrival(),
            .seats = trip.seats,
            .seats_left = std::ranges::min(trip.leg_seats_left),
            .price = trip.stops.back().price,
            .currency = "DZD",
            .booking_mode = trip.booking_mode,
            .distance_m = trip.distance_m,
            .duration_s = trip.duration_s,
            .polyline = trip.polyline,
            .preferences = view(trip.preferences),
            .note = trip.note,
            .place_id = trip.place,
            .itinerary_id = trip.itinerary,
            .return_trip_id = trip.return_trip,
            .stops = stops_of(trip),
            .legs = legs_of(trip),
            .version = trip.version,
            .created_at = trip.created_at};
}

}  // namespace safargo::trips
