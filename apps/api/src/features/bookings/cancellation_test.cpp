#include "features/bookings/cancellation.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

namespace safargo::bookings {
namespace {

using namespace std::chrono_literals;

const Instant pickup = parse_instant("2026-12-03T07:00:00Z").value();
const CancellationPolicy policy;

Booking confirmed_booking(Dinars price, Dinars fee) {
    return {.status = BookingStatus::confirmed,
            .price = price,
            .service_fee = fee,
            .pickup_at = pickup,
            .confirmed_at = pickup - 72h};
}

void expect_split(const payments::Split& split, std::int64_t passenger, std::int64_t driver, std::int64_t platform) {
    EXPECT_EQ(split.to_passenger, Dinars{passenger});
    EXPECT_EQ(split.to_driver, Dinars{driver});
    EXPECT_EQ(split.to_platform, Dinars{platform});
}

TEST(Cancellation, RefundsThePriceLongBeforeThePickupAndKeepsTheFee) {
    expect_split(passenger_cancels(confirmed_booking({1500}, {75}), policy, pickup - 24h - 1us), 1500, 0, 75);
}

TEST(Cancellation, HalvesThePriceFromTwentyFourHoursOnRoundedDown) {
    expect_split(passenger_cancels(confirmed_booking({1501}, {75}), policy, pickup - 24h), 750, 751, 75);
    expect_split(passenger_cancels(confirmed_booking({1}, {0}), policy, pickup - 1us), 0, 1, 0);
}

TEST(Cancellation, RefundsInFullWithinTheGracePeriodAfterConfirmation) {
    Booking booking = confirmed_booking({1500}, {75});
    booking.confirmed_at = pickup - 2h;
    expect_split(passenger_cancels(booking, policy, pickup - 2h + 30min), 1575, 0, 0);
    EXPECT_FALSE(is_late(booking, policy, pickup - 2h + 30min));
    expect_split(passenger_cancels(booking, policy, pickup - 2h + 30min + 1us), 750, 750, 75);
    EXPECT_TRUE(is_late(booking, policy, pickup - 2h + 30min + 1us));
}

TEST(Cancellation, TheGracePeriodIsForThePassengerOnly) {
    Booking booking = confirmed_booking({1500}, {75});
    booking.confirmed_at = pickup - 2h;
    EXPECT_TRUE(is_late_for_driver(booking, policy, pickup - 2h));
    EXPECT_TRUE(is_late_for_driver(booking, policy, pickup - 2h + 30min));
    EXPECT_TRUE(is_late_for_driver(booking, policy, pickup - 24h));
    EXPECT_FALSE(is_late_for_driver(booking, policy, pickup - 24h - 1us));
    booking.status = BookingStatus::requested;
    EXPECT_FALSE(is_late_for_driver(booking, policy, pickup - 1h));
}

TEST(Cancellation, RefundsAHoldInFull) {
    Booking booking = confirmed_booking({1500}, {75});
    booking.confirmed_at.reset();
    for (const auto status : {BookingStatus::requested, BookingStatus::awaiting_payment}) {
        booking.status = status;
        expect_split(passenger_cancels(booking, policy, pickup - 1h), 1575, 0, 0);
        EXPECT_FALSE(is_late(booking, policy, pickup - 1h));
    }
}

TEST(Cancellation, FollowsTheNumbersOfThePolicy) {
    const CancellationPolicy strict{.free_until = 48h, .late_refund_basis_points = 3'333, .grace = 0min};
    expect_split(passenger_cancels(confirmed_booking({1000}, {50}), strict, pickup - 47h), 333, 667, 50);
    expect_split(passenger_cancels(confirmed_booking({1000}, {50}), strict, pickup - 49h), 1000, 0, 50);
}

TEST(Cancellation, AlwaysSumsToTheTotalWithoutNegativeParts) {
    const char* scale = std::getenv("SAFARGO_TEST_SCALE");
    const int rounds = 20'000 * (scale == nullptr ? 1 : std::max(1, std::atoi(scale)));
    std::mt19937_64 random(5);
    const auto up_to = [&](std::int64_t most) { return std::uniform_int_distribution<std::int64_t>(0, most)(random); };
    for (int i = 0; i < rounds; ++i) {
        Booking booking = confirmed_booking({up_to(10'000'000)}, {up_to(500'000)});
        booking.status = static_cast<BookingStatus>(up_to(13));
        booking.confirmed_at = pickup - std::chrono::seconds(up_to(200'000));
        const CancellationPolicy any{std::chrono::hours(up_to(72)), up_to(10'000), std::chrono::minutes(up_to(120))};
        const Instant now = pickup - std::chrono::seconds(up_to(200'000)) + std::chrono::seconds(up_to(4'000));
        for (const payments::Split& split : {passenger_cancels(booking, any, now), everything_back(booking)}) {
            ASSERT_EQ(split.to_passenger + split.to_driver + split.to_platform, booking.price + booking.service_fee);
            ASSERT_GE(split.to_passenger, Dinars{0});
            ASSERT_GE(split.to_driver, Dinars{0});
            ASSERT_GE(split.to_platform, Dinars{0});
        }
    }
}

}  // namespace
}  // namespace safargo::bookings
