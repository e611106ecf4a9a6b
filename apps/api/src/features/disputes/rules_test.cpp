#include "features/disputes/rules.hpp"

#include <gtest/gtest.h>

#include <map>

namespace safargo::disputes {
namespace {

using namespace std::chrono_literals;
using bookings::Booking;
using bookings::NoShow;
using enum BookingStatus;

const Instant noon = parse_instant("2026-12-01T12:00:00Z").value();

std::string refused(BookingStatus status, Side by, Instant now, std::optional<NoShow> no_show = std::nullopt) {
    Booking booking{.status = status};
    if (status == completed || status == settled) booking.completed_at = noon;
    const auto error = refusal(booking, no_show, by, 48h, now);
    return error ? std::string(info(error->code).name) : "";
}

TEST(DisputeRules, ARideMayBeDisputedByEitherSideForTwoDays) {
    for (const BookingStatus status : {completed, settled}) {
        for (const Side by : {Side::passenger, Side::driver}) {
            EXPECT_EQ(refused(status, by, noon), "");
            EXPECT_EQ(refused(status, by, noon + 48h - 1us), "");
            EXPECT_EQ(refused(status, by, noon + 48h), "dispute_closed");
        }
    }
    EXPECT_EQ(refusal(Booking{.status = settled}, std::nullopt, Side::driver, 48h, noon)->code, Code::dispute_closed);
}

TEST(DisputeRules, ANoShowMayBeContestedByTheAccusedForADay) {
    const NoShow fresh{.contest_until = noon + 24h}, over{.contest_until = noon + 24h, .ended = true};
    for (const auto& [status, accused, accuser] : {std::tuple{no_show_passenger, Side::passenger, Side::driver},
                                                   std::tuple{no_show_driver, Side::driver, Side::passenger}}) {
        EXPECT_EQ(refused(status, accused, noon + 24h - 1us, fresh), "");
        EXPECT_EQ(refused(status, accused, noon + 24h, fresh), "dispute_closed");
        EXPECT_EQ(refused(status, accused, noon, over), "dispute_closed");
        EXPECT_EQ(refused(status, accused, noon), "dispute_closed") << "of an older version: final";
        EXPECT_EQ(refused(status, accuser, noon, fresh), "forbidden");
    }
}

TEST(DisputeRules, NothingElseMayBeDisputed) {
    for (const BookingStatus status : {requested, awaiting_payment, confirmed, boarded, disputed, declined, expired,
                                       cancelled_by_passenger, cancelled_by_driver, cancelled_by_admin}) {
        EXPECT_EQ(refused(status, Side::passenger, noon), "illegal_transition");
    }
}

TEST(DisputeRules, TheMoneyTellsWhoWasMissing) {
    Booking booking{.passenger = UserId::make(noon), .driver = UserId::make(noon + 1ms)};
    const auto found = [&](BookingStatus disputed_status, std::int64_t amount, std::int64_t back,
                           payments::Method method = payments::Method::sandbox) {
        payments::PaymentView payment{};
        payment.method = method;
        payment.status = back > 0 ? payments::PaymentStatus::refunded : payments::PaymentStatus::captured;
        payment.amount = booking.price = {amount};
        payment.refunded = {back};
        const auto who = found_missing(booking, disputed_status, payment, {back});
        return !who ? "nobody" : *who == booking.passenger ? "passenger" : "driver";
    };
    EXPECT_STREQ(found(no_show_passenger, 1575, 0), "passenger");
    EXPECT_STREQ(found(no_show_passenger, 1575, 1), "nobody");
    EXPECT_STREQ(found(no_show_passenger, 1575, 1575), "nobody");
    EXPECT_STREQ(found(no_show_driver, 1575, 1575), "driver");
    EXPECT_STREQ(found(no_show_driver, 1575, 1574), "nobody");
    EXPECT_STREQ(found(no_show_driver, 1575, 0), "nobody");
    for (const BookingStatus either : {no_show_passenger, no_show_driver}) {
        EXPECT_STREQ(found(either, 0, 0), "nobody") << "a free seat";
        EXPECT_STREQ(found(either, 1500, 0, payments::Method::cash), "nobody");
    }
    payments::PaymentView with_seats_back{};  // of 4,725 DA, 750 were refunded with seats, and 825 kept
    with_seats_back.method = payments::Method::sandbox;
    with_seats_back.status = payments::PaymentStatus::refunded;
    with_seats_back.amount = {4725};
    booking.price = {3000};
    booking.service_fee = {150};
    const auto after_seats_back = [&](BookingStatus disputed_status, std::int64_t refund) {
        with_seats_back.refunded = {750 + refund};
        return found_missing(booking, disputed_status, with_seats_back, {refund});
    };
    EXPECT_EQ(after_seats_back(no_show_passenger, 0), booking.passenger);
    EXPECT_EQ(after_seats_back(no_show_passenger, 1), std::nullopt);
    EXPECT_EQ(after_seats_back(no_show_driver, 3150), booking.driver);
    EXPECT_EQ(after_seats_back(no_show_driver, 3149), std::nullopt);
    booking.service_fee = {0};
    EXPECT_STREQ(found(completed, 1575, 1575), "nobody");
    EXPECT_STREQ(found(settled, 1575, 0), "nobody");
}

}  // namespace
}  // namespace safargo::disputes
