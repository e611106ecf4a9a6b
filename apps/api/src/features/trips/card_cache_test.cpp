#include "features/trips/card_cache.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace safargo::trips {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

VehicleId car(std::uint32_t number) {
    VehicleId id;
    for (std::size_t k = 0; k < 4; ++k) id.value.bytes[15 - k] = static_cast<std::uint8_t>(number >> (8 * k));
    return id;
}

TripCards cards(std::string name) {
    return {.driver = {.name = std::move(name)},
            .vehicle = {.make = "Renault",
                        .model = "Symbol",
                        .year = 2019,
                        .colour = vehicles::Colour::white,
                        .seats = 4,
                        .fuel = vehicles::Fuel::petrol}};
}

class CardCacheTest : public ::testing::Test {
protected:
    CardCacheTest() { cache.caught_up(Steady::now() + 1h); }
    std::string found(VehicleId vehicle) const {
        const auto known = cache.find(vehicle);
        return known ? known->driver.name : "nobody";
    }
    CardCache cache;
};

TEST_F(CardCacheTest, FindsWhatWasRemembered) {
    EXPECT_EQ(found(car(1)), "nobody");
    cache.remember(cache.ticket(), car(1), cards("Ahmed B."));
    EXPECT_EQ(found(car(1)), "Ahmed B.");
    EXPECT_EQ(found(car(2)), "nobody");
}

TEST_F(CardCacheTest, FindsNothingUntilTheChangesAreFollowed) {
    CardCache unfollowed;
    unfollowed.remember(unfollowed.ticket(), car(1), cards("Ahmed B."));
    EXPECT_FALSE(unfollowed.find(car(1)));
}

TEST_F(CardCacheTest, FindsNothingWhileTheFeedIsFarBehindAndEverythingAfterwards) {
    cache.remember(cache.ticket(), car(1), cards("Ahmed B."));
    cache.caught_up(Steady::now() - CardCache::max_lag - 1ms);
    EXPECT_EQ(found(car(1)), "nobody");
    cache.caught_up(Steady::now() + 1h);
    EXPECT_EQ(found(car(1)), "Ahmed B.");
}

TEST_F(CardCacheTest, ForgetsOneOrAll) {
    for (const std::uint32_t number : {1, 2, 3}) cache.remember(cache.ticket(), car(number), cards("Ahmed B."));
    cache.forget(car(2));
    EXPECT_EQ(found(car(1)), "Ahmed B.");
    EXPECT_EQ(found(car(2)), "nobody");
    cache.forget_all();
    EXPECT_EQ(cache.size(), 0U);
}

// A reader read, then the row changed, the feed applied the change, and only then did the reader store what it had
// read.
TEST_F(CardCacheTest, AStaleReadIsNotStored) {
    const CardCache::Ticket before = cache.ticket();
    cache.forget(car(1));
    cache.remember(before, car(1), cards("Old N."));
    EXPECT_EQ(found(car(1)), "nobody");
    const CardCache::Ticket before_all = cache.ticket();
    cache.forget_all();
    cache.remember(before_all, car(1), cards("Old N."));
    EXPECT_EQ(found(car(1)), "nobody");
}

TEST_F(CardCacheTest, AFullCacheIsCleared) {
    for (std::uint32_t number = 0; number <= CardCache::most; ++number)
        cache.remember(cache.ticket(), car(number), cards("Ahmed B."));
    EXPECT_EQ(cache.size(), 1U);
    EXPECT_EQ(found(car(CardCache::most)), "Ahmed B.");
}

TEST_F(CardCacheTest, ReadersAndTheFollowerMayRunAtOnce) {
    std::vector<std::jthread> readers;
    readers.reserve(3);
    for (int reader = 0; reader < 3; ++reader) {
        readers.emplace_back([&] {
            for (std::uint32_t k = 0; k < 5'000; ++k) {
                const CardCache::Ticket ticket = cache.ticket();
                if (!cache.find(car(k % 16))) cache.remember(ticket, car(k % 16), cards("Ahmed B."));
            }
        });
    }
    for (std::uint32_t k = 0; k < 5'000; ++k) cache.forget(car(k % 16));
    readers.clear();
    EXPECT_LE(cache.size(), 16U);
}

}  // namespace
}  // namespace safargo::trips
