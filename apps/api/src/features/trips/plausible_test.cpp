#include "features/trips/plausible.hpp"

#include "core/local_time.hpp"
#include "features/trips/journey.hpp"
#include "features/trips/wanted_trip_test.hpp"

#include <gtest/gtest.h>

namespace safargo::trips {
namespace {

using namespace std::chrono_literals;

const Instant departure = parse_instant("2026-12-03T07:00:00Z").value();
const StraightRoads roads;

std::vector<FieldError> found(const std::vector<Stop>& stops) {
    return find_implausible(stops, roads.plan(positions(stops)).legs, roads);
}

std::vector<std::string> names(const std::vector<FieldError>& errors) {
    std::vector<std::string> names;
    for (const FieldError& error : errors)
        names.push_back(error.field + ": " + std::string(name(error.violation.rule)));
    return names;
}

using Names = std::vector<std::string>;

// Stops due north of one another, at these kilometres of road (1.2 times the line) and minutes after the departure.
std::vector<Stop> northward(const std::vector<std::pair<double, double>>& way) {
    constexpr double metres_per_degree = 111'195;
    std::vector<Stop> stops;
    for (const auto& [km, minutes] : way) {
        stops.push_back({.where = {30 + km * 1'000 / 1.2 / metres_per_degree, 3},
                         .label = "km " + std::to_string(stops.size()),
                         .commune_id = {},
                         .at = departure + Seconds{std::llround(minutes * 60)},
                         .price = {}});
    }
    return stops;
}

TEST(Plausible, NoOneIsFasterThanTheRoadAllowsOrUnreasonablySlow) {
    // 120 km take 100 minutes: 60 at the least, 400 at the most.
    EXPECT_TRUE(found(northward({{0, 0}, {120, 100}})).empty());
    EXPECT_TRUE(found(northward({{0, 0}, {120, 60.1}})).empty());
    EXPECT_TRUE(found(northward({{0, 0}, {120, 399.9}})).empty());
    EXPECT_EQ(found(northward({{0, 0}, {120, 59.9}})),
              (std::vector<FieldError>{{"stops[1].at", {Rule::earliest, "2026-12-03 09:00"}}}));
    EXPECT_EQ(names(found(northward({{0, 0}, {120, 400.1}}))), (Names{"stops[1].at: latest"}));
}

// Larbaa and Baraki, 12.5 km apart, were 46 minutes by the graph.
TEST(Plausible, ADetourInTheRoadDataDoesNotRefuseAStraightDrive) {
    const std::vector<geo::Leg> around{{65'000, 46 * 60}};
    const auto refused = [&](double minutes) {
        return names(find_implausible(northward({{0, 0}, {15, minutes}}), around, roads));
    };
    EXPECT_EQ(refused(18), Names{});
    EXPECT_EQ(refused(8.4), Names{});
    EXPECT_EQ(refused(8.2), (Names{"stops[1].at: earliest"})) << "90 km/h as the crow flies";
    EXPECT_EQ(refused(1.0 / 60), (Names{"stops[1].at: earliest"}));
}

TEST(Plausible, EachLegIsMeasuredAndSoIsTheWholeRoute) {
    EXPECT_EQ(names(found(northward({{0, 0}, {120, 100}, {240, 110}}))), (Names{"stops[2].at: earliest"}));
    EXPECT_EQ(names(found(northward({{0, 0}, {120, 1}, {240, 300}}))), (Names{"stops[1].at: earliest"}));
    EXPECT_EQ(names(found(northward({{0, 0}, {120, 1}, {240, 2}}))),
              (Names{"stops[1].at: earliest", "stops[2].at: earliest"}));
}

TEST(Plausible, OnShortLegsTimesNeedOnlyIncreaseButManyMakeALongRoute) {
    // 2 km take 100 seconds: the minute of one stop may be the next minute of the other.
    EXPECT_TRUE(found(northward({{0, 0}, {2, 0.1}})).empty());
    EXPECT_TRUE(found(northward({{0, 0}, {2, 30}})).empty()) << "the driver may wait for a passenger";
    EXPECT_EQ(names(found(northward({{0, 0}, {2, 31}}))), (Names{"stops[1].at: latest"}));
    std::vector<std::pair<double, double>> way;
    for (int i = 0; i < 10; ++i) way.emplace_back(2 * i, 0.1 * i);
    EXPECT_FALSE(found(northward(way)).empty()) << "18 km in 54 seconds";
    for (int i = 0; i < 10; ++i) way[i].second = 1.5 * i;
    EXPECT_TRUE(found(northward(way)).empty());
}

TEST(Plausible, StopsLieInTheServiceArea) {
    std::vector<Stop> stops = northward({{0, 0}, {120, 1}});
    stops[0].where = {48.85, 2.35};
    EXPECT_EQ(names(found(stops)), (Names{"stops[0]: outside_service_area"})) << "times there are not checked";
    stops[0].where = {3.0588, 36.7538};
    stops[1].where = {0, 0};
    EXPECT_EQ(names(found(stops)), (Names{"stops[0]: swapped_coordinates", "stops[1]: outside_service_area"}));
}

TEST(Plausible, ALabelIsNotTheNameOfAnotherTown) {
    std::vector<Stop> stops = northward({{0, 0}, {120, 100}});
    stops[1].label = "Oran";
    const auto errors = found(stops);
    ASSERT_EQ(names(errors), (Names{"stops[1].label: town_elsewhere"}));
    EXPECT_EQ(errors[0].violation.first, "Oran");
    stops[1].label = "Rue d'Oran";
    EXPECT_TRUE(found(stops).empty());
}

TEST(Plausible, ATripDoesNotComeBack) {
    EXPECT_TRUE(found(northward({{0, 0}, {2, 3}, {4, 6}})).empty());
    EXPECT_TRUE(found(northward({{0, 0}, {5, 5}, {1, 10}})).empty()) << "it never was farther than 5 km";
    const auto errors = found(northward({{0, 0}, {120, 100}, {5.9, 200}}));
    ASSERT_EQ(names(errors), (Names{"stops[2]: comes_back"}));
    EXPECT_EQ(errors[0].violation.first, "km 0");
    EXPECT_TRUE(found(northward({{0, 0}, {120, 100}, {6.1, 200}})).empty());
    EXPECT_EQ(names(found(northward({{0, 0}, {60, 50}, {120, 100}, {61, 150}}))), (Names{"stops[3]: comes_back"}));
    EXPECT_EQ(names(found(northward({{0, 0}, {60, 50}, {120, 100}, {60, 150}, {0, 200}}))),
              (Names{"stops[3]: comes_back", "stops[4]: comes_back"}));
}

TEST(Plausible, DistancesAndMinutesAreReadable) {
    EXPECT_EQ(spell_km(30'000.5), "31");
    EXPECT_EQ(spell_km(30'000), "30");
    EXPECT_EQ(local_minute(parse_instant("2026-12-03T23:05:00Z").value()), "2026-12-04 00:05");
}

}  // namespace
}  // namespace safargo::trips
