#include "features/bookings/boarding.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace safargo::bookings {
namespace {

constexpr std::string_view secret = "a secret of at least thirty-two bytes";

Booking some_booking() {
    const Instant now = parse_instant("2026-12-03T07:00:00Z").value();
    return {.id = BookingId::make(now), .trip = TripId::make(now), .from_stop = 0, .to_stop = 2, .seats = 2};
}

TEST(BoardingPin, HasFourDigitsAndStaysTheSame) {
    const BoardingCodes codes(secret, "");
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const BookingId id = some_booking().id;
        const std::string pin = codes.pin(id);
        ASSERT_EQ(pin.size(), 4U);
        ASSERT_EQ(pin.find_first_not_of("0123456789"), std::string::npos);
        ASSERT_EQ(pin, BoardingCodes(secret, "").pin(id));
        seen.insert(pin);
    }
    EXPECT_GT(seen.size(), 150U);
}

TEST(BoardingPin, ComparesTheWholePin) {
    const BoardingCodes codes(secret, "");
    const BookingId id = some_booking().id;
    std::string wrong = codes.pin(id);
    EXPECT_TRUE(codes.is_pin(id, wrong));
    wrong[3] = wrong[3] == '9' ? '0' : static_cast<char>(wrong[3] + 1);
    EXPECT_FALSE(codes.is_pin(id, wrong));
    EXPECT_FALSE(codes.is_pin(id, ""));
    EXPECT_FALSE(codes.is_pin(id, codes.pin(id) + "0"));
    EXPECT_NE(codes.pin(id), BoardingCodes("another secret of more than 32 bytes", "").pin(id));
}

TEST(BoardingToken, IsVerifiedWithThePublicKeyAlone) {
    const BoardingCodes codes(secret, "");
    const std::string token = codes.token(some_booking());
    const auto dot = token.find('.');
    const auto public_key = crypto::from_base64url(codes.key().public_key);
    const auto signature = crypto::from_base64url(token.substr(dot + 1));
    ASSERT_TRUE(public_key && signature);
    EXPECT_TRUE(crypto::verify(*public_key, token.substr(0, dot), *signature));
    EXPECT_FALSE(crypto::verify(*public_key, token.substr(1, dot - 1), *signature));
}

TEST(BoardingToken, NamesItsBookingTripAndSeats) {
    const BoardingCodes codes(secret, "");
    const Booking booking = some_booking();
    const std::string token = codes.token(booking);
    EXPECT_EQ(crypto::from_base64url(token.substr(0, token.find('.'))),
              "{\"key_id\":\"" + codes.key().key_id + "\",\"booking_id\":\"" + booking.id.str() + "\",\"trip_id\":\"" +
                  booking.trip.str() + "\",\"from_stop\":0,\"to_stop\":2,\"seats\":2}");
}

TEST(BoardingToken, RefusesForgedAlteredOrForeignTokens) {
    const BoardingCodes codes(secret, "");
    const Booking booking = some_booking();
    const std::string token = codes.token(booking);
    EXPECT_TRUE(codes.is_token(booking, token));
    EXPECT_FALSE(codes.is_token(some_booking(), token));
    Booking other_trip = booking;
    other_trip.trip = some_booking().trip;
    EXPECT_FALSE(codes.is_token(booking, codes.token(other_trip)));
    EXPECT_FALSE(codes.is_token(booking, BoardingCodes("another secret of more than 32 bytes", "").token(booking)));
    EXPECT_FALSE(codes.is_token(booking, ""));
    EXPECT_FALSE(codes.is_token(booking, "."));
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string altered = token;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(codes.is_token(booking, altered)) << i;
    }
}

TEST(BoardingToken, StaysValidAfterSeatsWereGivenBack) {
    const BoardingCodes codes(secret, "");
    Booking before = some_booking();
    before.seats = 8;
    Booking after = before;
    for (after.seats = 8; after.seats >= 1; --after.seats) {
        EXPECT_TRUE(codes.is_token(after, codes.token(before))) << after.seats;
    }
    after.seats = 7;
    EXPECT_FALSE(codes.is_token(before, codes.token(after))) << "no seat is gained";
    before.from_stop = 1;
    EXPECT_FALSE(codes.is_token(after, codes.token(before)));
}

// A passenger reads out a code that any replica issued, before the rotation or during it.
TEST(BoardingCodes, StayValidWhileTheSecretRotates) {
    constexpr std::string_view fresh = "the next secret, of at least 32 bytes";
    const BoardingCodes before(secret, ""), during({fresh, secret}, ""), after(fresh, "");
    const BoardingCodes other_replica({secret, fresh}, "");
    const Booking booking = some_booking();
    for (const BoardingCodes* shown : std::initializer_list<const BoardingCodes*>{&before, &during, &other_replica}) {
        for (const BoardingCodes* asked : std::initializer_list<const BoardingCodes*>{&during, &other_replica}) {
            EXPECT_TRUE(asked->is_pin(booking.id, shown->pin(booking.id)));
            EXPECT_TRUE(asked->is_token(booking, shown->token(booking)));
        }
    }
    EXPECT_EQ(during.pin(booking.id), after.pin(booking.id));
    EXPECT_EQ(during.token(booking), after.token(booking));
    EXPECT_FALSE(after.is_token(booking, before.token(booking)));
    // Four digits may be the same by chance; of many bookings hardly any are.
    int same = 0;
    for (int i = 0; i < 100; ++i) {
        const BookingId id = some_booking().id;
        same += after.is_pin(id, before.pin(id));
    }
    EXPECT_LT(same, 5);
}

TEST(BoardingKey, ListsBothSecretsWhileTheyRotate) {
    constexpr std::string_view fresh = "the next secret, of at least 32 bytes";
    const std::vector<BoardingKey> keys = BoardingCodes({fresh, secret}, "").keys();
    ASSERT_EQ(keys.size(), 2U);
    EXPECT_EQ(keys[0].key_id, BoardingCodes(fresh, "").key().key_id);
    EXPECT_EQ(keys[1].public_key, BoardingCodes(secret, "").key().public_key);
    EXPECT_EQ(BoardingCodes({fresh, secret}, std::string(64, 'a')).keys().size(), 1U)
        << "a configured key does not rotate";
}

TEST(BoardingKey, IsTakenFromTheEnvironmentWhenGiven) {
    const std::string hex(64, 'a');
    const BoardingCodes given(secret, hex), derived(secret, "");
    EXPECT_NE(given.key().public_key, derived.key().public_key);
    EXPECT_NE(given.key().key_id, derived.key().key_id);
    EXPECT_EQ(given.key().algorithm, "Ed25519");
    EXPECT_EQ(given.key().public_key, BoardingCodes("another secret of more than 32 bytes", hex).key().public_key);
    for (const std::string& bad : {std::string("abc"), std::string(64, 'g'), std::string(62, 'a')}) {
        EXPECT_THROW(BoardingCodes(secret, bad), std::invalid_argument) << bad;
    }
}

}  // namespace
}  // namespace safargo::bookings
