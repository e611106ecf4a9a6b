// A trip as people see it (PRODUCT section 14).
#pragma once

#include "contract/described.hpp"
#include "contract/picture.hpp"
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
    std::optional<std::string> plate;  // for the driver and confirmed passengers
    std::vector<Picture> photos;
};
BOOST_DESCRIBE_STRUCT(VehicleSummary, (), (id, make, model, year, colour, seats, fuel, plate, photos))

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
    Dinars price;                    // per seat, for the whole route
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

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::trips::TripView> =
    R"({"id":"01939f6e-7c00-7a3b-8c4d-5e6f70819203","status":"open",)"
    R"("driver":{"id":"01939f6d-11a0-7c21-9d52-3b1f0c7a4e88","name":"Karim B.","rating":4.8,"reviews":27,)"
    R"("verified":true,"response_time_s":1260,"photo":null},)"
    R"("vehicle":{"id":"01939f6d-9b40-7e10-8a6f-2c5d7e9f1a34","make":"Renault","model":"Symbol","year":2021,)"
    R"("colour":"white",)"
    R"("seats":4,"fuel":"petrol","plate":null,"photos":[]},"departure_at":"2026-12-10T07:00:00Z",)"
    R"("arrival_at":"2026-12-10T11:30:00Z",)"
    R"("seats":3,"seats_left":3,"price":1500,"currency":"DZD","booking_mode":"instant","distance_m":431000,)"
    R"("duration_s":16200,)"
    R"("polyline":"gzm_FgktQ~ybBvg{@zqRzmsGnizAbz~J","preferences":{"smoking":false,"pets":false,"music":true,)"
    R"("talk":"normal",)"
    R"("luggage":"medium","max_two_back":false,"women_only":false},"note":"Départ à l'heure, devant la gare.",)"
    R"("place_id":null,)"
    R"("itinerary_id":null,"return_trip_id":null,"stops":[{"position":0,"lat":36.7762,"lng":3.0586,)"
    R"("label":"Alger, gare Agha",)"
    R"("commune_id":null,"at":"2026-12-10T07:00:00Z","price":0},{"position":1,"lat":36.1647,"lng":1.3345,)"
    R"("label":"Chlef, gare routière","commune_id":null,"at":"2026-12-10T09:15:00Z","price":700},{"position":2,)"
    R"("lat":35.6971,)"
    R"("lng":-0.6308,"label":"Oran, gare","commune_id":null,"at":"2026-12-10T11:30:00Z","price":1500}],)"
    R"("legs":[{"from":0,"to":1,"price":700,"seats_left":3},{"from":1,"to":2,"price":800,"seats_left":3}],)"
    R"("version":1,)"
    R"("created_at":"2026-12-08T18:30:00Z"})";
