#include "features/trips/journey.hpp"

#include "features/trips/wanted_trip_test.hpp"

#include <gtest/gtest.h>

namespace safargo::trips {
namespace {

const Instant departure = parse_instant("2026-12-03T07:00:00Z").value();
const StraightRoads roads;

Result<Journey> plan(std::string_view stops) {
    return plan_journey(wanted_trip(trip_json({}, departure, "", stops)).stops, departure, roads);
}

std::vector<FieldError> refused(std::string_view stops) {
    const auto journey = plan(stops);
    return journey ? std::vector<FieldError>{} : journey.error().fields;
}

TEST(Journey, TakesTimesAndDistancesFromTheRoad) {
    const auto journey = plan(alger_chlef_oran);
    ASSERT_TRUE(journey);
    const RoutePlan road = roads.plan(positions(journey->stops));
    ASSERT_EQ(journey->stops.size(), 3U);
    EXPECT_EQ(journey->stops[0].at, departure);
    EXPECT_EQ(journey->stops[1].at, departure + Seconds{road.legs[0].duration_s});
    EXPECT_EQ(journey->stops[2].at, departure + Seconds{road.duration_s});
    EXPECT_EQ(journey->distance_m, road.distance_m);
    EXPECT_EQ(journey->duration_s, road.duration_s);
    EXPECT_EQ(journey->polyline, "straight");
    EXPECT_EQ(journey->stops[0].price, Dinars{0});
    EXPECT_EQ(journey->stops[1].price, Dinars{700});
}

TEST(Journey, AStopMayGiveItsTimeAndTheNextFollowFromIt) {
    const auto journey = plan(R"([{"lat":36.75,"lng":3.05,"label":"a","price":0,"at":"2026-12-03T08:00:00+01:00"},
        {"lat":36.16,"lng":1.33,"label":"b","price":1,"at":"2026-12-03T12:00:00Z"},
        {"lat":35.69,"lng":-0.63,"label":"c","price":2}])");
    ASSERT_TRUE(journey);
    const RoutePlan road = roads.plan(positions(journey->stops));
    EXPECT_EQ(journey->stops[1].at, departure + std::chrono::hours{5});
    EXPECT_EQ(journey->stops[2].at, departure + std::chrono::hours{5} + Seconds{road.legs[1].duration_s});
    EXPECT_EQ(journey->duration_s, 5 * 3600 + road.legs[1].duration_s);
}

// With given times: the road takes 2 h 48 to Chlef and 3 h 4 from there.
std::vector<Stop> slow_way() {
    std::vector<Stop> stops = plan(alger_chlef_oran)->stops;
    stops[1].at = departure + std::chrono::hours{4};
    stops[1].commune_id = "0201";
    stops[2].at = departure + std::chrono::hours{9};
    return stops;
}

Result<Journey> replan(const std::vector<Stop>& before, std::string_view stops, Instant when = departure) {
    return replan_journey(before, wanted_trip(trip_json({}, when, "", stops)).stops, when, roads);
}

TEST(Journey, AnOldStopKeepsItsTimeAndCommune) {
    const std::vector<Stop> before = slow_way();
    std::string renamed(alger_chlef_oran);
    renamed.replace(renamed.find("\"Chlef\""), 7, "\"Chlef, gare\"");
    const auto journey = replan(before, renamed);
    ASSERT_TRUE(journey);
    std::vector<Stop> expected = before;
    expected[1].label = "Chlef, gare";
    EXPECT_EQ(journey->stops, expected);
    EXPECT_EQ(journey->duration_s, 9 * 3600);
    const auto later = replan(before, renamed, departure + std::chrono::hours{2});
    shift(expected, std::chrono::hours{2});
    EXPECT_EQ(later->stops, expected);
}

TEST(Journey, AnOldStopMovesBackIfTheRouteBeforeItTakesLonger) {
    const std::vector<Stop> before = slow_way();
    const auto without_chlef = replan(before, R"([{"lat": 36.7538, "lng": 3.0588, "label": "Alger"},
        {"lat": 35.6971, "lng": -0.6308, "label": "Oran", "price": 1500}])");
    EXPECT_EQ(without_chlef->stops[1].at, before[2].at);
    const auto delayed = replan(before, R"([{"lat": 36.7538, "lng": 3.0588, "label": "Alger"},
        {"lat": 36.1652, "lng": 1.3345, "label": "Chlef", "price": 700, "at": "2026-12-03T14:00:00Z"},
        {"lat": 35.6971, "lng": -0.6308, "label": "Oran", "price": 1500}])");
    const Seconds road{roads.plan(positions(before)).legs[1].duration_s};
    EXPECT_EQ(delayed->stops[2].at, departure + std::chrono::hours{7} + road);
}

TEST(Journey, OnAnUnchangedRouteOnlyNewNamesAreChecked) {
    std::vector<Stop> before = slow_way();
    before[1].at = departure + Seconds{60};  // faster than anyone can drive
    before[2].label = "Alger";               // 350 km away
    std::string stops(alger_chlef_oran);
    stops.replace(stops.find("\"Oran\""), 6, "\"Alger\"");
    EXPECT_TRUE(replan(before, stops));
    stops.replace(stops.find("\"Chlef\""), 7, "\"Oran\"");
    const auto refusal = replan(before, stops);
    ASSERT_FALSE(refusal);
    ASSERT_EQ(refusal.error().fields.size(), 1U);
    EXPECT_EQ(refusal.error().fields[0].field, "stops[1].label");
}

TEST(Journey, TimesMustGrow) {
    EXPECT_EQ(refused(R"([{"lat":36,"lng":3,"label":"a","at":"2026-12-03T07:00:01Z"},
        {"lat":36,"lng":4,"label":"b","price":1}])"),
              (std::vector<FieldError>{{"stops[0].at", {Rule::out_of_order}}}));
    EXPECT_EQ(refused(R"([{"lat":36,"lng":3,"label":"a"},{"lat":36,"lng":4,"label":"b","price":1},
        {"lat":36,"lng":5,"label":"c","price":2,"at":"2026-12-03T07:00:00Z"}])"),
              (std::vector<FieldError>{{"stops[2].at", {Rule::out_of_order}}}));
    EXPECT_EQ(refused(R"([{"lat":36,"lng":3,"label":"a"},
        {"lat":36,"lng":4,"label":"b","price":1,"at":"2026-12-06T07:00:01Z"}])"),
              (std::vector<FieldError>{{"stops[1].at", {Rule::too_far_ahead, "3"}}}));
    EXPECT_EQ(plan(R"([{"lat":36,"lng":3,"label":"a"},
        {"lat":25,"lng":4,"label":"b","price":1,"at":"2026-12-06T07:00:01Z"}])")
                  .error()
                  .reason,
              (Violation{Rule::longest_trip, "3"}));
    EXPECT_TRUE(plan(R"([{"lat":36,"lng":3,"label":"a"},
        {"lat":25,"lng":4,"label":"b","price":1,"at":"2026-12-06T07:00:00Z"}])"));
}

TEST(Journey, EveryStopButTheFirstHasAPrice) {
    EXPECT_EQ(refused(R"([{"lat":36,"lng":3,"label":"a","price":5},{"lat":36,"lng":4,"label":"b"},
        {"lat":36,"lng":5,"label":"c"}])"),
              (std::vector<FieldError>{{"stops[0].price", {Rule::out_of_range, "0", "0"}},
                                       {"stops[1].price", {Rule::required}},
                                       {"stops[2].price", {Rule::required}}}));
}

TEST(Journey, StopsAtOnePlaceStillFollowOneAnother) {
    const auto journey = plan(R"([{"lat":36,"lng":3,"label":"a"},{"lat":36,"lng":3,"label":"b","price":0}])");
    ASSERT_TRUE(journey);
    EXPECT_LT(journey->stops[0].at, journey->stops[1].at);
}

TEST(Journey, TimesMustBePossibleOnTheRoad) {
    // 90 km as the crow flies: 108 km of road, an hour and a half.
    const auto arriving = [](std::string_view at) {
        return refused(fmt::format(R"([{{"lat":36,"lng":3,"label":"a"}},
            {{"lat":36,"lng":4,"label":"b","price":1,"at":"2026-12-03T{}Z"}}])",
                                   at));
    };
    EXPECT_EQ(arriving("07:00:01"), (std::vector<FieldError>{{"stops[1].at", {Rule::earliest, "2026-12-03 08:54"}}}));
    EXPECT_EQ(arriving("07:53:58").size(), 1U);
    EXPECT_TRUE(arriving("07:54:00").empty());
    EXPECT_TRUE(arriving("12:59:00").empty());
    EXPECT_EQ(arriving("13:00:00"), (std::vector<FieldError>{{"stops[1].at", {Rule::latest, "2026-12-03 13:59"}}}));
}

TEST(Journey, ImplausibleAndMissingFieldsAreNamedTogether) {
    EXPECT_EQ(refused(R"([{"lat":3.0588,"lng":36.7538,"label":"Alger"},{"lat":36.75,"lng":3.05,"label":"Oran"}])"),
              (std::vector<FieldError>{{"stops[1].price", {Rule::required}},
                                       {"stops[0]", {Rule::swapped_coordinates}},
                                       {"stops[1].label", {Rule::town_elsewhere, "Oran", "351"}}}));
}

TEST(TripWire, NamesEveryFieldItRefuses) {
    const auto fields = [](std::string_view json) {
        std::vector<std::string> names;
        if (const auto parsed = contract::parse_json<CreateTrip>(json); !parsed) {
            for (const auto& field : parsed.error().fields) names.push_back(field.field);
        }
        return names;
    };
    const std::string vehicle = VehicleId{}.str();
    EXPECT_EQ(fields(R"({"vehicle_id":"x","departure_at":"tomorrow","seats":0,"booking_mode":"any","stops":[]})"),
              (std::vector<std::string>{"vehicle_id", "departure_at", "seats", "booking_mode", "stops"}));
    EXPECT_EQ(fields("{}"), (std::vector<std::string>{"vehicle_id", "departure_at", "seats", "booking_mode", "stops"}));
    EXPECT_EQ(fields(trip_json({}, departure, R"(, "note": ")" + std::string(501, 'n') + R"(", "speed": 1)")),
              (std::vector<std::string>{"note", "speed"}));
    EXPECT_EQ(fields(trip_json({}, departure, "",
                               R"([{"lat":90.5,"lng":-181,"label":""},{"lat":"36","lng":4,"label":"b","price":1.5,
                                   "commune_id":"16"}])")),
              (std::vector<std::string>{"stops[0].lat", "stops[0].lng", "stops[0].label", "stops[1].lat",
                                        "stops[1].commune_id", "stops[1].price"}));
    EXPECT_EQ(fields(trip_json({}, departure, R"(, "preferences": {"talk": "loud", "luggage": "none"})")),
              (std::vector<std::string>{"preferences.talk"}));
    std::string stops = R"([{"lat":36,"lng":3,"label":"a"})";
    for (int i = 1; i <= 10; ++i) stops += R"(,{"lat":36,"lng":4,"label":"b","price":1})";
    EXPECT_EQ(fields(trip_json({}, departure, "", stops + "]")), (std::vector<std::string>{"stops"}));
    EXPECT_TRUE(
        fields(trip_json({}, departure, R"(, "place_id": null, "itinerary_id": null, "note": null, "preferences": {})"))
            .empty());
}

}  // namespace
}  // namespace safargo::trips
