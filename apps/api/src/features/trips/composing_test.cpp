#include "features/trips/composing.hpp"

#include "features/trips/wanted_trip_test.hpp"

#include <gtest/gtest.h>

namespace safargo::trips {
namespace {

using namespace std::chrono_literals;

const Instant now = parse_instant("2026-12-01T08:00:00Z").value();
const Instant departure = now + 48h;
const StraightRoads roads;

vehicles::Vehicle car() {
    vehicles::Vehicle vehicle;
    vehicle.id = VehicleId::make(now);
    vehicle.driver = UserId::make(now);
    vehicle.seats = 4;
    vehicle.plate = "012345-119-16";
    return vehicle;
}

const vehicles::Vehicle own_car = car();

Trip trip(std::string_view more = {}) {
    return compose_trip(wanted_trip(trip_json(own_car.id, departure, more)), own_car, roads, now).value();
}

Trip edited(const Trip& before, std::string_view json) {
    return edited_trip(before, wanted_edit(json), own_car, roads).value();
}

// Two of three seats sold on the first leg.
Trip with_passengers() {
    Trip sold = trip();
    sold.leg_seats_left = {1, 3};
    return sold;
}

TEST(Composing, ADraftHasDefaultsAndEverySeatFree) {
    const Trip draft = trip();
    EXPECT_EQ(draft.status, TripStatus::draft);
    EXPECT_EQ(draft.driver, own_car.driver);
    EXPECT_EQ(draft.plate, own_car.plate);
    EXPECT_EQ(draft.leg_seats_left, (std::vector<int>{3, 3}));
    EXPECT_EQ(draft.preferences, Preferences{});
    EXPECT_FALSE(draft.note);
    EXPECT_FALSE(draft.has_passengers());
}

TEST(Composing, GivenValuesAreKept) {
    const Trip draft = trip(R"(, "note": " Bagages légers ", "preferences": {"smoking": true, "talk": "chatty",
        "women_only": true})");
    EXPECT_EQ(draft.note, "Bagages légers");
    EXPECT_TRUE(draft.preferences.smoking);
    EXPECT_TRUE(draft.preferences.music);
    EXPECT_TRUE(draft.preferences.women_only);
    EXPECT_EQ(draft.preferences.talk, Talk::chatty);
    EXPECT_FALSE(trip(R"(, "note": "  ")").note);
}

TEST(Composing, AnEditLeavesTheRest) {
    const Trip before = trip(R"(, "note": "a")");
    const Trip after = edited(before, R"({"preferences": {"pets": true}, "booking_mode": "approval"})");
    EXPECT_EQ(after.stops, before.stops);
    EXPECT_EQ(after.note, "a");
    EXPECT_TRUE(after.preferences.pets);
    EXPECT_EQ(after.booking_mode, BookingMode::approval);
    EXPECT_FALSE(edited(before, R"({"note": null})").note);
    EXPECT_FALSE(changes_offer(before, after));
    EXPECT_FALSE(needs_consent(before, after));
}

TEST(Composing, ALaterDepartureMovesEveryStop) {
    const Trip before = trip();
    const Trip after = edited(before, R"({"departure_at": ")" + format_instant(departure + 1h) + "\"}");
    ASSERT_EQ(after.stops.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(after.stops[i].at, before.stops[i].at + 1h);
    EXPECT_TRUE(changes_offer(before, after));
}

TEST(Composing, SoldSeatsStaySoldWhenSeatsAreAdded) {
    const Trip before = with_passengers();
    const Trip after = edited(before, R"({"seats": 4})");
    EXPECT_EQ(after.leg_seats_left, (std::vector<int>{2, 4}));
    EXPECT_FALSE(needs_consent(before, after));
    EXPECT_FALSE(needs_consent(before, edited(before, R"({"seats": 2})")));
}

TEST(Composing, NewStopsHaveFreshSeats) {
    const Trip after = edited(trip(), R"({"seats": 2, "stops": [{"lat":36,"lng":3,"label":"a"},
        {"lat":36,"lng":4,"label":"b","price":5}]})");
    EXPECT_EQ(after.stops.size(), 2U);
    EXPECT_EQ(after.leg_seats_left, (std::vector<int>{2}));
}

TEST(Composing, PassengersAgreeToStopsPricesVehicleAndWomenOnly) {
    const Trip before = with_passengers();
    const auto consent = [&](std::string_view json) { return needs_consent(before, edited(before, json)); };
    const std::string same = R"({"stops": )" + std::string(alger_chlef_oran) + "}";
    EXPECT_FALSE(consent(same));
    EXPECT_FALSE(consent(R"({"departure_at": ")" + format_instant(departure + 1h) + "\"}")) << "the bookings decide";
    std::string later = same;
    later.replace(later.find("700"), 3, "700, \"at\": \"" + format_instant(departure + 3h) + '"');
    EXPECT_FALSE(consent(later)) << "the bookings decide";
    std::string cheaper = same, elsewhere = same;
    cheaper.replace(cheaper.find("1500"), 4, "1400");
    elsewhere.replace(elsewhere.find("36.1652"), 7, "36.1752");
    EXPECT_TRUE(consent(cheaper));
    EXPECT_TRUE(consent(elsewhere));
    EXPECT_TRUE(consent(R"({"preferences": {"women_only": true}})"));
    EXPECT_FALSE(consent(R"({"preferences": {"smoking": true}})"));
    const vehicles::Vehicle other = car();
    EXPECT_TRUE(needs_consent(before, edited_trip(before, {}, other, roads).value()));
}

}  // namespace
}  // namespace safargo::trips
