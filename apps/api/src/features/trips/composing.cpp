#include "features/trips/composing.hpp"

#include <algorithm>
#include <utility>

namespace safargo::trips {
namespace {

void apply(const WantedPreferences& wanted, Preferences& preferences) {
    preferences.smoking = wanted.smoking.value_or(preferences.smoking);
    preferences.pets = wanted.pets.value_or(preferences.pets);
    preferences.music = wanted.music.value_or(preferences.music);
    preferences.talk = wanted.talk.value_or(preferences.talk);
    preferences.luggage = wanted.luggage.value_or(preferences.luggage);
    preferences.max_two_back = wanted.max_two_back.value_or(preferences.max_two_back);
    preferences.women_only = wanted.women_only.value_or(preferences.women_only);
}

std::optional<std::string> note_of(const std::optional<Note>& note) {
    if (!note || note->str().empty()) return std::nullopt;
    return note->str();
}

void set_journey(Trip& trip, Journey journey) {
    trip.stops = std::move(journey.stops);
    trip.distance_m = journey.distance_m;
    trip.duration_s = journey.duration_s;
    trip.polyline = std::move(journey.polyline);
}

void set_vehicle(Trip& trip, const vehicles::Vehicle& vehicle) {
    trip.vehicle = vehicle.id;
    trip.plate = vehicles::canonical_plate(vehicle.plate);
}

// Sold seats stay sold: every leg gains or loses the same number of free seats.
void set_seats(Trip& trip, int seats) {
    for (int& left : trip.leg_seats_left) left += seats - trip.seats;
    trip.seats = seats;
}

std::vector<int> all_free(const Trip& trip) {
    return std::vector<int>(trip.stops.size() - 1, trip.seats);
}

// New stops take over what they leave out from old ones at the same place; without new stops the old ones move with the
// departure.
Result<Nothing> set_way(Trip& trip, const EditTrip& changes, const Atlas& atlas) {
    const Instant departure = changes.departure_at ? *changes.departure_at : trip.departure();
    if (!changes.stops) {
        shift(trip.stops, departure - trip.departure());
        return Nothing{};
    }
    auto journey = replan_journey(trip.stops, *changes.stops, departure, atlas);
    if (!journey) return std::unexpected(std::move(journey.error()));
    set_journey(trip, std::move(*journey));
    if (trip.leg_seats_left.size() != trip.stops.size() - 1) trip.leg_seats_left = all_free(trip);
    return Nothing{};
}

// The name of a stop may be corrected.
bool same_places_and_prices(const Trip& before, const Trip& after) {
    return std::ranges::equal(before.stops, after.stops,
                              [](const Stop& a, const Stop& b) { return a.where == b.where && a.price == b.price; });
}

}  // namespace

Result<Trip> compose_trip(const CreateTrip& wanted, const vehicles::Vehicle& vehicle, const Atlas& atlas, Instant now) {
    auto journey = plan_journey(wanted.stops, wanted.departure_at, atlas);
    if (!journey) return std::unexpected(std::move(journey.error()));
    Trip trip;
    trip.id = TripId::make(now);
    trip.driver = vehicle.driver;
    set_vehicle(trip, vehicle);
    set_journey(trip, std::move(*journey));
    trip.seats = static_cast<int>(wanted.seats.value());
    trip.leg_seats_left = all_free(trip);
    trip.booking_mode = wanted.booking_mode;
    if (wanted.preferences) apply(*wanted.preferences, trip.preferences);
    trip.note = note_of(wanted.note);
    trip.place = wanted.place_id;
    trip.return_trip = wanted.return_trip_id;
    trip.created_at = now;
    return trip;
}

Result<Trip> edited_trip(const Trip& before, const EditTrip& changes, const std::optional<vehicles::Vehicle>& vehicle,
                         const Atlas& atlas) {
    Trip trip = before;
    // An offer keeps the plate it was published with, however the vehicle's plate is written now.
    const bool offered = before.status != TripStatus::draft;
    if (vehicle && (!offered || vehicle->id != before.vehicle)) set_vehicle(trip, *vehicle);
    if (auto way = set_way(trip, changes, atlas); !way) return std::unexpected(std::move(way.error()));
    if (changes.seats) set_seats(trip, static_cast<int>((*changes.seats).value()));
    if (changes.booking_mode) trip.booking_mode = *changes.booking_mode;
    if (changes.preferences) apply(*changes.preferences, trip.preferences);
    if (changes.note) trip.note = note_of(*changes.note);
    if (changes.place_id) trip.place = *changes.place_id;
    return trip;
}

bool needs_consent(const Trip& before, const Trip& after) {
    return !same_places_and_prices(before, after) || before.vehicle != after.vehicle ||
           before.preferences.women_only != after.preferences.women_only;
}

bool changes_offer(const Trip& before, const Trip& after) {
    return before.departure() != after.departure() || !is_same_way(before.stops, after.stops) ||
           before.seats < after.seats || before.vehicle != after.vehicle;
}

}  // namespace safargo::trips
