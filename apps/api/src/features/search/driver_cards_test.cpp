#include "features/search/driver_cards.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace safargo::search {
namespace {

users::DriverCard driver(std::uint8_t number, std::int64_t reviews = 0) {
    users::DriverCard card{.name = "Ahmed B.", .reviews = reviews};
    card.id.value.bytes[15] = number;
    return card;
}

TEST(DriverCards, AnUnchangedCardStaysWhereItIs) {
    DriverCards cards;
    cards.insert_or_replace(driver(1));
    const auto* before = cards.view().find(driver(1).id);
    cards.insert_or_replace(driver(1));
    EXPECT_EQ(cards.view().find(driver(1).id), before);
    EXPECT_EQ(cards.size(), 1U);
}

TEST(DriverCards, AChangedCardIsShownAtOnce) {
    DriverCards cards;
    cards.insert_or_replace(driver(1));
    cards.insert_or_replace(driver(1, 7));
    EXPECT_EQ(cards.view().find(driver(1).id)->reviews, 7);
}

TEST(DriverCards, AChangeWaitsForReaders) {
    DriverCards cards;
    cards.insert_or_replace(driver(1));
    std::jthread writer;
    {
        const DriverCards::View view = cards.view();
        const users::DriverCard* card = view.find(driver(1).id);
        writer = std::jthread([&] {
            for (std::int64_t reviews = 1; reviews <= 100; ++reviews) cards.insert_or_replace(driver(1, reviews));
        });
        EXPECT_EQ(card->reviews, 0);
    }
    writer.join();
    EXPECT_EQ(cards.view().find(driver(1).id)->reviews, 100);
}

TEST(DriverCards, DriversWithoutTripsAreRemoved) {
    DriverCards cards;
    for (std::uint8_t number = 0; number < 200; ++number) cards.insert_or_replace(driver(number));
    cards.keep_only({driver(7).id, driver(9).id});
    EXPECT_EQ(cards.size(), 2U);
    EXPECT_TRUE(cards.view().find(driver(7).id));
    EXPECT_FALSE(cards.view().find(driver(8).id));
}

}  // namespace
}  // namespace safargo::search
