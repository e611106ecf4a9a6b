// What drivers send (PRODUCT section 14).
#pragma once

#include "contract/list_filters.hpp"
#include "contract/public_line.hpp"
#include "features/trips/types.hpp"

namespace safargo::trips {

// An id of the gazetteer; its existence is checked later.
class CommuneId {
public:
    static Checked<CommuneId> parse(std::string_view typed) {
        auto text = Text<4, 4>::parse(typed);
        if (!text) return std::unexpected(std::move(text.error()));
        CommuneId id;
        id.text_ = std::move(*text);
        return id;
    }
    const std::string& str() const { return text_.str(); }

private:
    Text<4, 4> text_;
};

}  // namespace safargo::trips

template <>
struct safargo::contract::SpelledSchema<safargo::trips::CommuneId> {
    static std::string text() { return R"({"type":"string","pattern":"^[^0-9A-Za-z]*[0-9]{4}[^0-9A-Za-z]*$"})"; }
};

namespace safargo::trips {

struct WantedStop {
    Latitude lat;
    Longitude lng;
    PublicLine<80> label;
    std::optional<CommuneId> commune_id;
    std::optional<Dinars> price;  // per seat, from the first stop to this one; the first stop needs none
    std::optional<Instant> at;    // derived from the road if not given
};
BOOST_DESCRIBE_STRUCT(WantedStop, (), (lat, lng, label, commune_id, price, at))

using WantedStops = contract::List<WantedStop, 2, 10>;

struct WantedPreferences {
    std::optional<bool> smoking, pets, music;
    std::optional<Talk> talk;
    std::optional<Luggage> luggage;
    std::optional<bool> max_two_back, women_only;
};
BOOST_DESCRIBE_STRUCT(WantedPreferences, (), (smoking, pets, music, talk, luggage, max_two_back, women_only))

using Note = Text<500, 0>;  // empty: no note

struct CreateTrip {
    VehicleId vehicle_id;
    Instant departure_at;
    SeatCount seats;
    BookingMode booking_mode;
    WantedStops stops;
    std::optional<WantedPreferences> preferences;
    std::optional<Note> note;
    std::optional<PlaceId> place_id;
    std::optional<ItineraryId> itinerary_id;
    std::optional<TripId> return_trip_id;  // the outbound trip, of which this is the return
    std::optional<bool> publish;
};
BOOST_DESCRIBE_STRUCT(CreateTrip, (),
                      (vehicle_id, departure_at, seats, booking_mode, stops, preferences, note, place_id, itinerary_id,
                       return_trip_id, publish))

struct EditTrip {
    contract::Patch<VehicleId> vehicle_id;
    contract::Patch<Instant> departure_at;
    contract::Patch<SeatCount> seats;
    contract::Patch<BookingMode> booking_mode;
    contract::Patch<WantedStops> stops;  // all of them
    contract::Patch<WantedPreferences> preferences;
    contract::Patch<std::optional<Note>> note;
    contract::Patch<std::optional<PlaceId>> place_id;
    contract::Patch<std::optional<ItineraryId>> itinerary_id;
};
BOOST_DESCRIBE_STRUCT(EditTrip, (),
                      (vehicle_id, departure_at, seats, booking_mode, stops, preferences, note, place_id, itinerary_id))

// GET /users/me/trips: the latest departure first by default. Upcoming trips are drafts, open or under way, and have
// not arrived; all others are past. Dates are those of the departure.
struct ListMyTrips {
    std::optional<contract::When> when;
    std::optional<contract::AnyOf<TripStatus>> status;
    std::optional<LocalDate> from_date, to_date;  // both inclusive
    std::optional<contract::ByDeparture> sort;
    std::optional<Text<512>> cursor;
    std::optional<Bounded<1, 100>> limit;
};
BOOST_DESCRIBE_STRUCT(ListMyTrips, (), (when, status, from_date, to_date, sort, cursor, limit))

}  // namespace safargo::trips

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::trips::CreateTrip> =
    R"({"vehicle_id":"01939f6e-7c00-7a3b-8c4d-5e6f70819203","departure_at":"2026-12-10T07:00:00Z","seats":3,)"
    R"("booking_mode":"instant",)"
    R"("stops":[{"lat":36.7762,"lng":3.0586,"label":"Alger, gare Agha"},)"
    R"({"lat":36.1647,"lng":1.3345,"label":"Chlef, gare routière","price":700},)"
    R"({"lat":35.6971,"lng":-0.6308,"label":"Oran, gare","price":1500}],)"
    R"("preferences":{"music":true,"talk":"normal","luggage":"medium"},)"
    R"("note":"Départ à l'heure, devant la gare.","publish":true})";

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::trips::EditTrip> =
    R"({"seats":2,"note":"Rendez-vous déplacé devant la poste."})";
