#include "features/auth/service.hpp"

#include "adapters/local/rate_limiter.hpp"
#include "contract/json.hpp"
#include "core/failures.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace safargo::auth {
namespace {

using testing::run;
using namespace std::chrono_literals;

const Instant noon = parse_instant("2026-12-01T12:00:00Z").value();
constexpr auto secret = "0123456789abcdef0123456789abcdef";

struct LastMessage final : Messenger {
    Task<Receipt> deliver(Delivery delivery) override {
        last = std::move(delivery);
        co_return Receipt{};
    }
    Delivery last;
};

// A limiter that does not answer.
class SilentLimiter final : public RateLimiter {
    Task<RateDecision> take_by(std::string_view, unsigned, std::chrono::seconds, Deadline) override {
        throw DependencyUnavailable("limiter", "no answer");
        co_return RateDecision{};
    }
};

class AuthTest : public ::testing::Test {
protected:
    testing::TestDatabase database;
    FakeClock clock{noon};
    local::InProcessRateLimiter limiter{clock};
    LastMessage messenger;
    notifications::Notifications notifications{{.sms = &messenger, .email = &messenger}, secret};
    AuthService auth{database.db(), notifications, limiter, clock, {.keys = secret}};
    RequestContext context{.request_id = "r",
                           .trace_id = "t",
                           .client_ip = "192.0.2.1",
                           .limit_key = "ip:192.0.2.1",
                           .user_agent = "test"};

    // A little later than the last one, as with real people.
    Result<CodeRequested> request(std::string_view identifier = "0550123456") {
        clock.advance(1ms);
        return run(auth.request_code(context, {Identifier::parse(identifier).value(), std::nullopt}));
    }
    // Delivers the newest waiting message, as the dispatcher would, and reads its six digits.
    std::string code() {
        static constexpr db::Statement newest{"test_newest", "select id, payload from outbox order by id desc limit 1"};
        const db::Rows rows = run(database.db().query(newest));
        run(notifications.subscription().handlings[0].handler(
            {.payload = rows[0].get<std::string>(1), .id = rows[0].get<std::int64_t>(0)}));
        std::smatch digits;
        std::regex_search(messenger.last.text, digits, std::regex("[0-9]{6}"));
        return digits.str();
    }
    Result<SignedIn> verify(std::string_view digits, std::string_view identifier = "0550123456") {
        return run(auth.verify_code(context, {Identifier::parse(identifier).value(), OneTimeCode::parse(digits).value(),
                                              PublicLine<80, 0>::parse(name).value(), std::nullopt}));
    }
    SignedIn sign_in() {
        request().value();
        return verify(code()).value();
    }
    Result<Refreshed> refresh(const std::string& token) {
        return run(database.db().transact<Refreshed>(
            [this, token](db::Transaction& tx) { return auth.refresh(tx, {Text<128>::parse(token).value()}); }));
    }
    std::string name = "Amel Haddad";
    std::string wrong(const std::string& digits) { return digits == "000000" ? "000001" : "000000"; }
};

TEST_F(AuthTest, ACodeOpensAnAccountAndTheNextOneFindsIt) {
    const SignedIn first = sign_in();
    EXPECT_TRUE(first.is_new);
    EXPECT_EQ(first.user.phone, "+213550123456");
    EXPECT_EQ(first.user.name, "Amel Haddad");
    EXPECT_EQ(first.expires_in, 900);
    const SignedIn second = sign_in();
    EXPECT_FALSE(second.is_new);
    EXPECT_EQ(second.user.id, first.user.id);
}

TEST_F(AuthTest, ABlankNameIsDroppedAndReadersSeeAMember) {
    name = " \u200f\u3164";
    const SignedIn newcomer = sign_in();
    EXPECT_EQ(newcomer.user.name, "");
    EXPECT_NE(contract::to_json(newcomer.user, Language::fr).find(R"("name":"Membre")"), std::string::npos);
    EXPECT_NE(contract::to_json(newcomer.user, Language::ar).find(R"("name":"عضو")"), std::string::npos);
    EXPECT_NE(contract::to_json(newcomer.user, Language::en).find(R"("name":"Member")"), std::string::npos);
}

TEST_F(AuthTest, TheCodeIsNowhereInTheDatabase) {
    request().value();
    const std::string digits = code();
    static constexpr db::Statement dump{"test_dump", R"(
        select (select string_agg(o::text, ' ') from outbox o) || (select string_agg(c::text, ' ') from otp_codes c))"};
    const db::Rows rows = run(database.db().query(dump));
    const auto everything = rows[0].get<std::string>(0);
    EXPECT_EQ(everything.find(digits), std::string::npos);
    EXPECT_EQ(everything.find("550123456"), std::string::npos);
}

TEST_F(AuthTest, AWrongCodeIsRefusedAndFiveBurnIt) {
    request().value();
    const std::string digits = code();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(verify(wrong(digits)).error().code, Code::otp_invalid);
    EXPECT_EQ(verify(digits).error().code, Code::otp_expired);
}

TEST_F(AuthTest, ACodeWorksOnce) {
    request().value();
    const std::string digits = code();
    EXPECT_TRUE(verify(digits));
    EXPECT_EQ(verify(digits).error().code, Code::otp_expired);
}

TEST_F(AuthTest, ACodeLivesTenMinutes) {
    request().value();
    const std::string digits = code();
    clock.advance(10min - 1s);
    EXPECT_TRUE(verify(digits));
    request("0550999999").value();
    const std::string late = code();
    clock.advance(10min);
    EXPECT_EQ(verify(late, "0550999999").error().code, Code::otp_expired);
}

TEST_F(AuthTest, ThreeCodesInFiveMinutes) {
    EXPECT_TRUE(request());
    clock.advance(1min);
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(request());
    clock.advance(30s);
    const auto refused = request();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::rate_limited);
    EXPECT_EQ(refused.error().retry_after, 210s) << "until the oldest of the three is five minutes old";
    EXPECT_TRUE(request("0660123456"));
    clock.advance(*refused.error().retry_after - 2ms);
    EXPECT_TRUE(request());
    const auto again = request();
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().retry_after, 60s) << "the two of a minute later still count";
}

TEST_F(AuthTest, ThirtyCodesFromOneAddress) {
    for (int i = 0; i < 30; ++i) EXPECT_TRUE(request("06601234" + std::to_string(10 + i)));
    EXPECT_EQ(request("0770123456").error().code, Code::rate_limited);
    context.client_ip = "192.0.2.77";
    EXPECT_EQ(request("0770123456").error().code, Code::rate_limited) << "an address that shares its limit";
    context.limit_key = "ip:192.0.2.2";
    EXPECT_TRUE(request("0770123456"));
}

TEST_F(AuthTest, ACallerWithoutALimitKeyIsNotCounted) {
    context.limit_key.clear();
    for (int i = 0; i < 31; ++i) EXPECT_TRUE(request("06601234" + std::to_string(10 + i)));
}

TEST_F(AuthTest, AChannelMustReachTheIdentifier) {
    const auto refused = run(auth.request_code(context, {Identifier::parse("a@b.dz").value(), CodeChannel::sms}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields.at(0).field, "channel");
}

TEST_F(AuthTest, WithoutAVendorTheFeatureIsOff) {
    notifications::Notifications by_sms{{.sms = &messenger}, secret};
    AuthService without_mail{database.db(), by_sms, limiter, clock, {.keys = secret}};
    const auto ask = [&](const char* who) {
        return run(without_mail.request_code(context, {Identifier::parse(who).value(), std::nullopt}));
    };
    EXPECT_EQ(ask("amel@example.dz").error().code, Code::feature_unavailable);
    EXPECT_TRUE(ask("0550123456"));
}

// Each code costs a message; guesses are counted by PostgreSQL, with or without the limiter.
TEST_F(AuthTest, WithoutTheLimiterNoCodesAreSentAndGuessesStillWork) {
    SilentLimiter silent;
    AuthService blind{database.db(), notifications, silent, clock, {.keys = secret}};
    const VerifyCode guess{Identifier::parse("0550123456").value(), OneTimeCode::parse("000000").value(), std::nullopt,
                           std::nullopt};
    EXPECT_THROW(run(blind.request_code(context, {guess.identifier, std::nullopt})), DependencyUnavailable);
    EXPECT_EQ(run(blind.verify_code(context, guess)).error().code, Code::otp_expired) << "there is no code";
    ASSERT_TRUE(request());
    VerifyCode right = guess;
    right.code = OneTimeCode::parse(code()).value();
    EXPECT_TRUE(run(blind.verify_code(context, right)));
}

TEST_F(AuthTest, TheAccessTokenNamesTheCallerWithTheRoleOfTheDatabase) {
    const SignedIn user = sign_in();
    EXPECT_EQ(run(auth.authenticate(user.access_token)).value().role, Role::user);
    database.execute("update users set role = 'moderator'");
    EXPECT_EQ(run(auth.authenticate(user.access_token)).value().role, Role::moderator);
    database.execute("update users set status = 'banned'");
    EXPECT_EQ(run(auth.authenticate(user.access_token)).error().code, Code::unauthenticated);
}

TEST_F(AuthTest, AnAccessTokenLivesFifteenMinutes) {
    const SignedIn user = sign_in();
    clock.advance(15min - 1s);
    EXPECT_TRUE(run(auth.authenticate(user.access_token)));
    clock.advance(1s);
    EXPECT_FALSE(run(auth.authenticate(user.access_token)));
}

TEST_F(AuthTest, LogoutEndsTheSessionAtOnce) {
    const SignedIn user = sign_in();
    const Caller caller = run(auth.authenticate(user.access_token)).value();
    run(auth.logout(caller)).value();
    EXPECT_FALSE(run(auth.authenticate(user.access_token)));
    EXPECT_FALSE(refresh(user.refresh_token));
}

TEST_F(AuthTest, SessionsAreListedAndRevokedByTheirOwnerOnly) {
    const SignedIn phone = sign_in();
    const SignedIn laptop = sign_in();
    const Caller caller = run(auth.authenticate(phone.access_token)).value();
    EXPECT_EQ(run(auth.list_sessions(caller)).value().items.size(), 2U);
    const Caller other = run(auth.authenticate(laptop.access_token)).value();
    const Caller stranger{UserId::make(clock.now()), SessionId::make(clock.now())};
    EXPECT_EQ(run(auth.revoke_session(stranger, other.session)).error().code, Code::not_found);
    EXPECT_TRUE(run(auth.revoke_session(caller, other.session)));
    EXPECT_FALSE(run(auth.authenticate(laptop.access_token)));
    EXPECT_TRUE(run(auth.authenticate(phone.access_token)));
}

TEST_F(AuthTest, RefreshRotatesAndThePredecessorLivesThirtySeconds) {
    const SignedIn user = sign_in();
    const Refreshed second = refresh(user.refresh_token).value();
    clock.advance(29s);
    EXPECT_TRUE(refresh(user.refresh_token));
    clock.advance(2s);
    EXPECT_FALSE(refresh(user.refresh_token));
    EXPECT_FALSE(refresh(second.refresh_token)) << "reuse revokes the family";
}

TEST_F(AuthTest, AnOlderTokenThanThePredecessorRevokesTheFamily) {
    const SignedIn user = sign_in();
    const Refreshed second = refresh(user.refresh_token).value();
    clock.advance(1s);
    const Refreshed third = refresh(second.refresh_token).value();
    EXPECT_FALSE(refresh(user.refresh_token));
    EXPECT_FALSE(refresh(third.refresh_token));
    EXPECT_FALSE(run(auth.authenticate(third.access_token)));
}

TEST_F(AuthTest, ARefreshTokenLivesThirtyDays) {
    const SignedIn user = sign_in();
    clock.advance(std::chrono::days{30});
    EXPECT_FALSE(refresh(user.refresh_token));
    EXPECT_FALSE(refresh("nonsense"));
}

TEST_F(AuthTest, ABannedPersonCannotComeBack) {
    sign_in();
    database.execute("update users set status = 'banned'");
    request().value();
    EXPECT_EQ(verify(code()).error().code, Code::account_suspended);
}

}  // namespace
}  // namespace safargo::auth
