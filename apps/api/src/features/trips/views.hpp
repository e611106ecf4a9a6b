// A trip as people see it (PRODUCT section 14).
#pragma once

#include "contract/described.hpp"
#include "features/trips/types.hpp"
#include "features/users/types.hpp"
#include "features/vehicles/types.hpp"

#include <string>
#include <vector>

namespace safargo::trips {

struct VehicleSummary {
    VehicleId id;
    std::string make, model;
    std::int64_t year;
    vehicles::Colour colour;
    std::int64_t seats;
    vehicles::Fuel fuel;
    std::optional<std::string> plate;  // for the driver and those who travel
};
BOOST_DESCRIBE_STRUCT(VehicleSummary, (), (id, make, model, year, colour, seats, fuel, plate))

struct TripPreferences {
    bool smoking, pets, music;
    Talk talk;
    Luggage luggage;
    bool max_two_back, women_only;
};
BOOST_DESCRIBE_STRUCT(TripPreferences, (), (smoking, pets, music, talk, luggage, max_two_back, women_only))

struct TripStop {
    std::int64_t position;
    double lat, lng;
    std::string label;
    std::optional<std::string> commune_id;
    Instant at;
    Dinars price;
};
BOOST_DESCRIBE_STRUCT(TripStop, (), (position, lat, lng, label, commune_id, at, price))

struct TripLeg {
    std::int64_t from, to;
    Dinars price;
    std::int64_t seats_left;
};
BOOST_DESCRIBE_STRUCT(TripLeg, (), (from, to, price, seats_left))

struct TripView {
    TripId id;
    TripStatus status;
    users::DriverCard driver;
    VehicleSummary vehicle;
    Instant departure_at, arrival_at;
    std::int64_t seats, seats_left;  // left from the first stop to the last
    Dinars price;                    // a seat, all the way
    std::string currency;
    BookingMode booking_mode;
    std::int64_t distance_m, duration_s;
    std::string polyline;
    TripPreferences preferences;
    std::optional<std::string> note;
    std::optional<PlaceId> place_id;
    std::optional<ItineraryId> itinerary_id;
    std::optional<TripId> return_trip_id;
    std::vector<TripStop> stops;
    std::vector<TripLeg> legs;
    std::int64_t version;
    Instant created_at;

    std::int64_t row_version() const { return version; }
};
BOOST_DESCRIBE_STRUCT(TripView, (),
                      (id, status, driver, vehicle, departure_at, arrival_at, seats, seats_left, price, currency,
                       booking_mode, distance_m, duration_s, polyline, preferences, note, place_id, itinerary_id,
                       return_trip_id, stops, legs, version, created_at))

struct TripPage {
    std::vector<TripView> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(TripPage, (), (items, next_cursor))

TripView view(const Trip& trip, users::DriverCard driver, VehicleSummary vehicle);

}  // namespace safargo::trips
