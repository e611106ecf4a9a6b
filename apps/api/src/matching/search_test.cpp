// Each rule of query.hpp, on a trip small enough to check by hand: Alger (0) - Blida (1) - Chlef (2) - Oran (3).
#include "matching/trip_index.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace safargo::matching {
namespace {

using namespace std::chrono_literals;

constexpr LatLng alger{36.7538, 3.0588};
constexpr LatLng blida{36.4700, 2.8277};
constexpr LatLng chlef{36.1652, 1.3345};
constexpr LatLng oran{35.6971, -0.6308};

Instant at(std::string_view text) {
    return parse_instant(text).value();
}
TripId trip_id(std::uint8_t last) {
    TripId id;
    id.value.bytes[15] = last;
    return id;
}

TripRow west_bound(std::uint8_t number = 1) {
    TripRow row;
    row.id = trip_id(number);
    row.version = 1;
    row.driver.value.bytes[0] = 9;
    row.driver_rank.rating = 4.5F;
    row.stops = {{alger, at("2026-12-03T07:00:00Z"), {0}},
                 {blida, at("2026-12-03T08:00:00Z"), {200}},
                 {chlef, at("2026-12-03T10:00:00Z"), {700}},
                 {oran, at("2026-12-03T13:00:00Z"), {1500}}};
    row.leg_seats = {3, 2, 4};
    return row;
}

Query ask(LatLng from, std::optional<LatLng> to) {
    return {.from = from,
            .to = to,
            .begin = at("2026-12-02T23:00:00Z"),
            .end = at("2026-12-03T23:00:00Z"),
            .now = at("2026-12-01T00:00:00Z")};
}

class SearchTest : public ::testing::Test {
protected:
    void publish(const TripRow& row) {
        ASSERT_EQ(index_.apply(row), Applied::accepted);
        index_.publish();
    }
    std::size_t count(const Query& query) { return index_.search(query).total; }

    TripIndex index_;
};

TEST_F(SearchTest, FindsThePartBetweenTwoStops) {
    publish(west_bound());
    const Page page = index_.search(ask(blida, oran));
    ASSERT_EQ(page.items.size(), 1u);
    const Match& match = page.items[0];
    EXPECT_EQ(match.kind, MatchKind::stops);
    EXPECT_EQ(match.trip, trip_id(1));
    EXPECT_EQ(match.driver, west_bound().driver);
    EXPECT_EQ(match.pickup.number, 1);
    EXPECT_EQ(match.dropoff.number, 3);
    EXPECT_EQ(match.pickup.away_m, 0);
    EXPECT_EQ(match.price, Dinars{1300});
    EXPECT_EQ(match.seats_left, 2);
    EXPECT_EQ(match.departure, at("2026-12-03T08:00:00Z"));
    EXPECT_EQ(match.duration, 5h);
    EXPECT_GT(match.score, 0.5);
    EXPECT_EQ(page.next, std::nullopt);
}

TEST_F(SearchTest, FollowsTravelOrderOnly) {
    publish(west_bound());
    EXPECT_EQ(count(ask(oran, alger)), 0u);
    EXPECT_EQ(count(ask(chlef, blida)), 0u);
    EXPECT_EQ(count(ask(chlef, chlef)), 0u);
}

TEST_F(SearchTest, TheRadiusIsInclusiveToTheLastBit) {
    publish(west_bound());
    Query query = ask({36.70, 3.00}, oran);
    query.radius_m = distance_m(query.from, alger);
    EXPECT_EQ(count(query), 1u);
    query.radius_m = std::nextafter(query.radius_m, 0);
    EXPECT_EQ(count(query), 0u);
}

TEST_F(SearchTest, NeedsTheSeatsOnEveryLegOfThePart) {
    publish(west_bound());
    Query query = ask(alger, oran);
    query.seats = 2;
    EXPECT_EQ(count(query), 1u);
    query.seats = 3;
    EXPECT_EQ(count(query), 0u);
    query.to = blida;
    EXPECT_EQ(count(query), 1u);
    query.from = chlef;
    query.to = oran;
    query.seats = 4;
    EXPECT_EQ(count(query), 1u);
}

TEST_F(SearchTest, ThePickupIsInTheWindowAndInTheFuture) {
    publish(west_bound());
    Query query = ask(blida, oran);
    const Instant pickup = at("2026-12-03T08:00:00Z");
    query.begin = pickup;
    EXPECT_EQ(count(query), 1u);
    query.begin += 1us;
    EXPECT_EQ(count(query), 0u);
    query = ask(blida, oran);
    query.end = pickup;
    EXPECT_EQ(count(query), 0u);
    query.end += 1us;
    EXPECT_EQ(count(query), 1u);
    query.now = pickup;
    EXPECT_EQ(count(query), 0u);
    query.now -= 1us;
    EXPECT_EQ(count(query), 1u);
}

TEST_F(SearchTest, APickupAfterMidnightBelongsToTheNextDay) {
    TripRow night = west_bound();
    for (TripStop& stop : night.stops) stop.time += 15h;  // 23:00 in Algiers, Blida at 00:00
    publish(night);
    EXPECT_EQ(count(ask(alger, oran)), 1u);
    EXPECT_EQ(count(ask(blida, oran)), 0u);
    Query next_day = ask(blida, oran);
    next_day.begin += 24h;
    next_day.end += 24h;
    EXPECT_EQ(count(next_day), 1u);
}

TEST_F(SearchTest, TheNearestPairWinsThenTheLaterPickup) {
    TripRow row = west_bound();
    const LatLng suburb{36.72, 3.05};
    row.stops.insert(row.stops.begin() + 1, {suburb, at("2026-12-03T07:20:00Z"), {50}});
    row.leg_seats.push_back(3);
    publish(row);
    EXPECT_EQ(index_.search(ask(alger, oran)).items.at(0).pickup.number, 0);
    EXPECT_EQ(index_.search(ask(suburb, oran)).items.at(0).pickup.number, 1);

    TripRow loop = west_bound(2);  // stops at Alger twice
    loop.version = 2;
    loop.stops[1] = {alger, at("2026-12-03T07:30:00Z"), {0}};
    ASSERT_EQ(index_.remove(row.id, 2), Applied::accepted);
    publish(loop);
    EXPECT_EQ(index_.search(ask(alger, oran)).items.at(0).pickup.number, 1);
}

TEST_F(SearchTest, PriceAndHoursChooseAmongPairs) {
    TripRow row = west_bound();
    const LatLng suburb{36.72, 3.05};
    row.stops[1].at = suburb;
    publish(row);
    Query query = ask(alger, oran);
    query.filters.price_max = Dinars{1300};
    EXPECT_EQ(index_.search(query).items.at(0).pickup.number, 1);
    query.filters.price_max = Dinars{1299};
    EXPECT_EQ(count(query), 0u);
    query.filters = {.pickup_hours = HourRange{9, 10}};  // 08:00Z is nine in Algiers
    EXPECT_EQ(index_.search(query).items.at(0).pickup.number, 1);
    query.filters = {.pickup_hours = HourRange{10, 24}};
    EXPECT_EQ(count(query), 0u);
    query.filters = {.pickup_hours = HourRange{22, 9}};
    EXPECT_EQ(index_.search(query).items.at(0).pickup.number, 0);
    for (int hour = 1; hour < 24; ++hour) {
        query.filters = {.pickup_hours = HourRange{hour, hour}};
        EXPECT_EQ(count(query), 0U) << "an empty range, not the whole day: " << hour;
    }
}

TEST_F(SearchTest, WomenOnlyTripsAreInvisibleToOthers) {
    TripRow row = west_bound();
    row.preferences.women_only = true;
    publish(row);
    publish(west_bound(2));
    Query query = ask(alger, oran);
    EXPECT_EQ(count(query), 1u);
    query.filters.women_only = true;
    EXPECT_EQ(count(query), 0u);
    query.sees_women_only = true;
    EXPECT_EQ(index_.search(query).items.at(0).trip, trip_id(1));
    query.filters.women_only = false;
    EXPECT_EQ(count(query), 2u);
}

TEST_F(SearchTest, FiltersOnDriverAndComfort) {
    PlaceId beach;
    beach.value.bytes[0] = 1;
    TripRow plain = west_bound();
    plain.driver_rank.rating = -1;
    TripRow rich = west_bound(2);
    rich.booking_mode = BookingMode::instant;
    rich.driver_rank.verified = true;
    rich.place = beach;
    rich.preferences = {.smoking = true,
                        .pets = true,
                        .music = false,
                        .talk = Talk::quiet,
                        .luggage = Luggage::large,
                        .max_two_back = true};
    publish(plain);
    publish(rich);
    const std::vector<Filters> only_rich = {
        {.instant_only = true}, {.verified_only = true},     {.smoking = true},     {.pets = true},
        {.music = false},       {.max_two_back = true},      {.talk = Talk::quiet}, {.min_rating = 0.0F},
        {.min_rating = 4.5F},   {.luggage = Luggage::large}, {.place = beach},
    };
    for (std::size_t k = 0; k < only_rich.size(); ++k) {
        Query query = ask(alger, oran);
        query.filters = only_rich[k];
        const Page page = index_.search(query);
        ASSERT_EQ(page.items.size(), 1u) << k;
        EXPECT_EQ(page.items[0].trip, trip_id(2)) << k;
    }
    Query query = ask(alger, oran);
    query.filters = {.smoking = false, .luggage = Luggage::medium};
    EXPECT_EQ(index_.search(query).items.at(0).trip, trip_id(1));
    query.filters = {.min_rating = 4.6F};
    EXPECT_EQ(count(query), 0u);
}

TEST_F(SearchTest, NearAPointAnyStopButTheLastMayBeThePickup) {
    publish(west_bound());
    Query query = ask(chlef, std::nullopt);
    const Match match = index_.search(query).items.at(0);
    EXPECT_EQ(match.pickup.number, 2);
    EXPECT_EQ(match.dropoff.number, 3);
    query.from = oran;
    EXPECT_EQ(count(query), 0u);
    query.from = alger;
    query.seats = 3;  // only as far as Blida
    EXPECT_EQ(index_.search(query).items.at(0).dropoff.number, 1);
    query.from = blida;
    EXPECT_EQ(count(query), 0u);
}

TEST_F(SearchTest, ALimitOfZeroOnlyCounts) {
    publish(west_bound());
    publish(west_bound(2));
    Query query = ask(alger, oran);
    query.limit = 0;
    const Page page = index_.search(query);
    EXPECT_EQ(page.total, 2u);
    EXPECT_TRUE(page.items.empty());
    EXPECT_FALSE(page.next);
}

}  // namespace
}  // namespace safargo::matching
