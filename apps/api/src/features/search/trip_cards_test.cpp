// Cards share what many trips have in common and keep nothing that no trip needs.
#include "features/search/trip_cards.hpp"

#include <gtest/gtest.h>

namespace safargo::search {
namespace {

class TripCardsTest : public ::testing::Test {
protected:
    static TripId trip(std::uint8_t number) {
        TripId id;
        id.value.bytes[15] = number;
        return id;
    }
    static users::DriverCard driver(std::uint8_t number, std::int64_t reviews = 0) {
        users::DriverCard card{.name = "Ahmed B.", .reviews = reviews};
        card.id.value.bytes[15] = number;
        return card;
    }
    static NamedStops route(double lat) { return {{{lat, 3}, "A"}, {{35, 0}, "B"}}; }
    void put(std::uint8_t number, NamedStops stops, users::DriverCard who, std::uint32_t loading = 1) {
        cards.put(trip(number), std::move(stops), std::move(who), {.version = number, .loading = loading});
    }
    TripCard find(std::uint8_t number) const { return cards.find({trip(number)}).at(0); }

    TripCards cards;
};

TEST_F(TripCardsTest, TripsOfOneRouteAndOneDriverShareThem) {
    put(1, route(36), driver(1));
    put(2, route(36), driver(1));
    put(3, route(36.5), driver(2));
    EXPECT_EQ(find(1).stops, find(2).stops);
    EXPECT_EQ(find(1).driver, find(2).driver);
    EXPECT_NE(find(1).stops, find(3).stops);
    EXPECT_EQ(cards.shared_parts(), 4U);
    EXPECT_EQ(cards.size(), 3U);
}

TEST_F(TripCardsTest, AChangedDriverIsNewForItsNextTripOnly) {
    put(1, route(36), driver(1));
    put(2, route(36), driver(1, 7));
    EXPECT_EQ(find(1).driver->reviews, 0);
    EXPECT_EQ(find(2).driver->reviews, 7);
}

TEST_F(TripCardsTest, AnsweredInTheOrderAskedWithGapsForWhatLeft) {
    put(1, route(36), driver(1));
    put(2, route(37), driver(2));
    cards.remove(trip(1));
    const auto found = cards.find({trip(2), trip(1), trip(9), trip(2)});
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].version, 2);
    EXPECT_FALSE(found[1].stops);
    EXPECT_FALSE(found[2].stops);
    EXPECT_EQ(found[3].version, 2);
}

TEST_F(TripCardsTest, WhatALoadingDidNotSeeIsNamed) {
    put(1, route(36), driver(1), 1);
    put(2, route(36), driver(1), 2);
    put(3, route(36), driver(1), 1);
    put(3, route(36), driver(1), 2);
    EXPECT_EQ(cards.not_seen_by(2), (std::vector{std::pair{trip(1), std::int64_t{1}}}));
}

TEST_F(TripCardsTest, RoutesAndDriversThatNoTripHasAreForgotten) {
    for (int k = 0; k < 10'000; ++k) put(1, route(30 + k * 0.001), driver(static_cast<std::uint8_t>(k)));
    EXPECT_LT(cards.shared_parts(), 2'000U);
    EXPECT_EQ(cards.size(), 1U);
}

}  // namespace
}  // namespace safargo::search
