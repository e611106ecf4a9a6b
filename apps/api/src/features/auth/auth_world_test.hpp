// For the tests of this folder: signing in on a real database, with the codes that were sent.
#pragma once

#include "adapters/local/rate_limiter.hpp"
#include "features/auth/service.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace safargo::auth {

class AuthWorld : public ::testing::Test {
protected:
    static constexpr auto secret = "0123456789abcdef0123456789abcdef";

    struct Letters final : Messenger {
        Task<Receipt> deliver(Delivery delivery) override {
            last = std::move(delivery);
            co_return Receipt{};
        }
        Delivery last;
    };

    static Identifier who(std::string_view typed) { return Identifier::parse(typed).value(); }
    Result<CodeRequested> request(std::string_view typed) {
        clock.advance(std::chrono::milliseconds{1});
        return testing::run(auth.request_code(context, {who(typed), std::nullopt}));
    }
    std::int64_t waiting_messages() {
        static constexpr db::Statement count{"test_messages", "select count(*) from outbox"};
        return testing::run(database.db().query(count))[0].get<std::int64_t>(0);
    }
    // Delivers the newest message, as the dispatcher would, and reads its six digits.
    std::string code() {
        static constexpr db::Statement newest{"test_newest", "select id, payload from outbox order by id desc limit 1"};
        const db::Rows rows = testing::run(database.db().query(newest));
        testing::run(notifications.subscription().handlings[0].handler(
            {.payload = rows[0].get<std::string>(1), .id = rows[0].get<std::int64_t>(0)}));
        std::smatch digits;
        std::regex_search(letters.last.text, digits, std::regex("[0-9]{6}"));
        return digits.str();
    }
    Task<Result<SignedIn>> verifying(std::string_view typed, const std::string& digits) {
        return auth.verify_code(context, {who(typed), OneTimeCode::parse(digits).value(), std::nullopt, std::nullopt});
    }
    Result<SignedIn> verify(std::string_view typed, const std::string& digits) {
        return testing::run(verifying(typed, digits));
    }
    SignedIn sign_in(std::string_view typed = "0550123456") {
        clock.advance(std::chrono::minutes{5});  // never too many codes
        request(typed).value();
        return verify(typed, code()).value();
    }
    static std::string wrong(const std::string& digits) { return digits == "000000" ? "000001" : "000000"; }

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    local::InProcessRateLimiter limiter{clock};
    Letters letters;
    notifications::Notifications notifications{{.sms = &letters, .email = &letters}, secret};
    AuthService auth{database.db(), notifications, limiter, clock, {.keys = secret, .codes_per_day = 10}};
    RequestContext context{.request_id = "r", .trace_id = "t", .client_ip = "192.0.2.1", .user_agent = "test"};
};

}  // namespace safargo::auth
