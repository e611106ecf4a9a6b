#include "features/search/driver_cards.hpp"

#include <gtest/gtest.h>

namespace safargo::search {
namespace {

users::DriverCard driver(std::uint8_t number, std::int64_t reviews = 0) {
    users::DriverCard card{.name = "Ahmed B.", .reviews = reviews};
    card.id.value.bytes[15] = number;
    return card;
}

TEST(DriverCards, ADriverHasOneCardHoweverOftenItIsPut) {
    DriverCards cards;
    cards.put(driver(1));
    const auto before = cards.find(driver(1).id);
    cards.put(driver(1));
    EXPECT_EQ(cards.find(driver(1).id), before);
    EXPECT_EQ(cards.size(), 1U);
}

TEST(DriverCards, AChangedCardIsShownAtOnceAndTheOldOneStaysForItsReaders) {
    DriverCards cards;
    cards.put(driver(1));
    const auto before = cards.find(driver(1).id);
    cards.put(driver(1, 7));
    EXPECT_EQ(cards.find(driver(1).id)->reviews, 7);
    EXPECT_EQ(before->reviews, 0);
}

TEST(DriverCards, ThoseWithoutTripsAreForgotten) {
    DriverCards cards;
    for (std::uint8_t number = 0; number < 200; ++number) cards.put(driver(number));
    cards.keep_only({driver(7).id, driver(9).id});
    EXPECT_EQ(cards.size(), 2U);
    EXPECT_TRUE(cards.find(driver(7).id));
    EXPECT_FALSE(cards.find(driver(8).id));
}

}  // namespace
}  // namespace safargo::search
