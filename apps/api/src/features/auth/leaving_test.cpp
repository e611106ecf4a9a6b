// A person who deletes their account is signed out everywhere at once, and may come back as a new user.
#include "adapters/local/rate_limiter.hpp"
#include "features/auth/last_message_test.hpp"
#include "features/auth/personal_data.hpp"
#include "features/auth/service.hpp"
#include "features/users/service.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace safargo::auth {
namespace {

using testing::run;
using namespace std::chrono_literals;

constexpr auto secret = "0123456789abcdef0123456789abcdef";

class LeavingTest : public ::testing::Test {
protected:
    SignedIn sign_in(const std::string& identifier) {
        static constexpr db::Statement newest{"test_newest", "select id, payload from outbox order by id desc limit 1"};
        clock.advance(1s);
        const Identifier who = Identifier::parse(identifier).value();
        run(auth.request_code(context, {who, std::nullopt})).value();
        const db::Rows rows = run(database.db().query(newest));
        run(notifications.subscription().handlings[0].handler(
            {.payload = rows[0].get<std::string>(1), .id = rows[0].get<std::int64_t>(0)}));
        std::smatch code;
        std::regex_search(messenger.text, code, std::regex("[0-9]{6}"));
        return run(auth.verify_code(context, {who, OneTimeCode::parse(code.str()).value(), std::nullopt, std::nullopt}))
            .value();
    }
    Result<Caller> authenticate(const SignedIn& person) { return run(auth.authenticate(person.access_token)); }
    Result<Refreshed> refresh(const SignedIn& person) {
        return run(database.db().transact<Refreshed>(
            [&](db::Transaction& tx) { return auth.refresh(tx, {Text<128>::parse(person.refresh_token).value()}); }));
    }
    void leave(const Caller& caller) {
        run(database.db().transact<Nothing>([&](db::Transaction& tx) { return users.leave(tx, caller); })).value();
    }

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T12:00:00Z").value()};
    local::InProcessRateLimiter limiter{clock};
    LastMessage messenger;
    notifications::Notifications notifications{{.sms = &messenger, .email = &messenger}, secret};
    AuthService auth{database.db(), notifications, limiter, clock, {.keys = secret}};
    users::UserService users{database.db(), clock, {personal_data()}};
    RequestContext context{.request_id = "r", .trace_id = "t", .client_ip = "192.0.2.1", .user_agent = "test"};
};

TEST_F(LeavingTest, EveryTokenIsInvalidAtOnce) {
    const SignedIn phone = sign_in("0550123456"), laptop = sign_in("0550123456");
    leave(authenticate(phone).value());
    for (const SignedIn* device : {&phone, &laptop}) {
        EXPECT_EQ(authenticate(*device).error().code, Code::unauthenticated);
        EXPECT_EQ(refresh(*device).error().code, Code::unauthenticated);
    }
}

TEST_F(LeavingTest, TheSamePhoneOrAddressOpensANewAccount) {
    for (const char* identifier : {"0550123456", "amel@example.dz"}) {
        const SignedIn before = sign_in(identifier);
        leave(authenticate(before).value());
        const SignedIn after = sign_in(identifier);
        EXPECT_TRUE(after.is_new) << identifier;
        EXPECT_NE(after.user.id, before.user.id);
        EXPECT_EQ(after.user.name, "");
        EXPECT_FALSE(authenticate(before)) << "the old token opens nothing of the new account";
        EXPECT_EQ(authenticate(after).value().id, after.user.id);
    }
}

TEST_F(LeavingTest, OthersStaySignedIn) {
    const SignedIn amel = sign_in("0550123456"), badis = sign_in("0660123456");
    leave(authenticate(amel).value());
    EXPECT_EQ(authenticate(badis).value().id, badis.user.id);
    EXPECT_TRUE(refresh(badis));
}

}  // namespace
}  // namespace safargo::auth
