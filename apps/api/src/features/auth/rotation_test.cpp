// Rotating JWT_SECRET is unnoticeable: codes requested under the old secret are valid, and counted, under both.
#include "adapters/local/rate_limiter.hpp"
#include "features/auth/last_message_test.hpp"
#include "features/auth/service.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace safargo::auth {
namespace {

using testing::run;
using namespace std::chrono_literals;

constexpr std::string_view old_secret = "0123456789abcdef0123456789abcdef";
constexpr std::string_view new_secret = "fedcba9876543210fedcba9876543210";

class RotationTest : public ::testing::Test {
protected:
    // One process and the secrets it was started with.
    struct Replica {
        Replica(RotationTest& test, crypto::KeyRing ring)
            : notifications({.sms = &test.messenger, .email = &test.messenger}, ring),
              auth(test.database.db(), notifications, test.limiter, test.clock, {.keys = std::move(ring)}) {}
        notifications::Notifications notifications;
        AuthService auth;
    };

    Result<CodeRequested> request(Replica& replica) {
        clock.advance(1ms);
        return run(replica.auth.request_code(context, {amel, std::nullopt}));
    }
    std::string code(Replica& replica) {
        static constexpr db::Statement newest{"test_newest", "select id, payload from outbox order by id desc limit 1"};
        const db::Rows rows = run(database.db().query(newest));
        run(replica.notifications.subscription().handlings[0].handler(
            {.payload = rows[0].get<std::string>(1), .id = rows[0].get<std::int64_t>(0)}));
        std::smatch digits;
        std::regex_search(messenger.text, digits, std::regex("[0-9]{6}"));
        return digits.str();
    }
    Result<SignedIn> verify(Replica& replica, const std::string& digits) {
        return run(
            replica.auth.verify_code(context, {amel, OneTimeCode::parse(digits).value(), std::nullopt, std::nullopt}));
    }
    static std::string wrong(const std::string& digits) { return digits == "000000" ? "000001" : "000000"; }

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T12:00:00Z").value()};
    local::InProcessRateLimiter limiter{clock};
    LastMessage messenger;
    RequestContext context{.request_id = "r", .trace_id = "t", .client_ip = "192.0.2.1", .user_agent = "test"};
    Identifier amel = Identifier::parse("0550123456").value();
    Replica before{*this, old_secret};
    Replica during{*this, {new_secret, old_secret}};
    Replica other{*this, {old_secret, new_secret}};
    Replica after{*this, new_secret};
};

TEST_F(RotationTest, ACodeOfTheOldSecretSignsIn) {
    request(before).value();
    const std::string digits = code(before);
    EXPECT_EQ(verify(after, digits).error().code, Code::otp_expired) << "without the old secret there is no such code";
    EXPECT_EQ(verify(during, wrong(digits)).error().code, Code::otp_invalid);
    EXPECT_TRUE(verify(during, digits));
}

TEST_F(RotationTest, ACodeOfEitherReplicaSignsInAtTheOther) {
    request(during).value();
    EXPECT_TRUE(verify(other, code(other)));
    request(other).value();
    EXPECT_TRUE(verify(during, code(during)));
}

TEST_F(RotationTest, TwentyWrongCodesOfADayAreTwentyUnderBothSecrets) {
    const auto guess_wrong = [this](Replica& replica, int times) {
        for (int i = 0; i < times; ++i) {
            if (i % 5 == 0) {
                clock.advance(5min);
                request(replica).value();
            }
            ASSERT_EQ(verify(replica, wrong(code(replica))).error().code, Code::otp_invalid) << i;
        }
    };
    guess_wrong(before, 19);
    guess_wrong(during, 1);
    const std::string digits = code(during);
    EXPECT_FALSE(verify(during, digits)) << "the right code comes too late";
    EXPECT_FALSE(verify(other, digits));
}

TEST_F(RotationTest, EachOfTheLastCodesCountsWhicheverSecretItHas) {
    request(before).value();
    const std::string older = code(before);
    request(during).value();
    const std::string newer = code(during);
    EXPECT_TRUE(verify(other, older));
    if (older != newer) EXPECT_TRUE(verify(other, newer));
}

TEST_F(RotationTest, GrantsNoExtraCodesAndNoExtraGuesses) {
    for (Replica* replica : {&before, &during, &other}) request(*replica).value();
    EXPECT_EQ(request(during).error().code, Code::rate_limited);
    EXPECT_EQ(request(other).error().code, Code::rate_limited);
    const std::string digits = code(other);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(verify(i % 2 == 0 ? during : other, wrong(digits)).error().code, Code::otp_invalid);
    }
    EXPECT_EQ(verify(during, digits).error().code, Code::otp_expired);
}

TEST_F(RotationTest, SessionsGoOn) {
    request(before).value();
    const SignedIn person = verify(before, code(before)).value();
    EXPECT_TRUE(run(during.auth.authenticate(person.access_token)));
    EXPECT_FALSE(run(after.auth.authenticate(person.access_token)));
    const auto refreshed = run(database.db().transact<Refreshed>(
        [&](db::Transaction& tx) { return after.auth.refresh(tx, {Text<128>::parse(person.refresh_token).value()}); }));
    ASSERT_TRUE(refreshed) << "refresh tokens are stored as plain hashes, independent of the secret";
    EXPECT_TRUE(run(during.auth.authenticate(refreshed->access_token)));
}

}  // namespace
}  // namespace safargo::auth
