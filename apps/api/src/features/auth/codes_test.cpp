// Which codes sign in, and what a wrong one costs.
#include "adapters/local/rate_limiter.hpp"
#include "contract/json.hpp"
#include "features/auth/last_message_test.hpp"
#include "features/auth/service.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

namespace safargo::auth {
namespace {

using testing::run;
using namespace std::chrono_literals;
using namespace std::string_literals;

constexpr auto secret = "0123456789abcdef0123456789abcdef";

class CodesTest : public ::testing::Test {
protected:
    Result<CodeRequested> request() {
        clock.advance(1ms);
        return run(auth.request_code(context, {who, std::nullopt}));
    }
    // The six digits of the newest message.
    std::string code() {
        static constexpr db::Statement newest{"test_newest", "select id, payload from outbox order by id desc limit 1"};
        const db::Rows rows = run(database.db().query(newest));
        run(notifications.subscription().handlings[0].handler(
            {.payload = rows[0].get<std::string>(1), .id = rows[0].get<std::int64_t>(0)}));
        std::smatch digits;
        std::regex_search(messenger.text, digits, std::regex("[0-9]{6}"));
        return digits.str();
    }
    std::string requested_code() {
        request().value();
        return code();
    }
    Task<Result<SignedIn>> verifying(std::string_view digits) {
        return auth.verify_code(context, {who, OneTimeCode::parse(digits).value(), std::nullopt, std::nullopt});
    }
    Result<SignedIn> verify(std::string_view digits) { return run(verifying(digits)); }
    // Six digits that are none of those.
    static std::string other_than(const std::vector<std::string>& codes) {
        std::string digits = "000000";
        while (std::ranges::count(codes, digits) > 0) ++digits.back();
        return digits;
    }

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T12:00:00Z").value()};
    local::InProcessRateLimiter limiter{clock};
    LastMessage messenger;
    notifications::Notifications notifications{{.sms = &messenger, .email = &messenger}, secret};
    AuthService auth{database.db(), notifications, limiter, clock, {.keys = secret}};
    RequestContext context{.request_id = "r", .trace_id = "t", .client_ip = "192.0.2.1", .user_agent = "test"};
    const Identifier who = Identifier::parse("0550123456").value();
};

TEST_F(CodesTest, ANameContainsNoContactDetails) {
    const auto named = [](const std::string& text) {
        return contract::parse_json<VerifyCode>(R"({"identifier":"0550123456","code":"123456","name":")" + text +
                                                "\"}");
    };
    EXPECT_TRUE(named("Amel Haddad"));
    EXPECT_EQ(named("Amel 0551 23 45 67").error().fields.at(0), (FieldError{"name", Violation{Rule::contact_details}}));
}

// Messages overtake each other.
TEST_F(CodesTest, EachOfTheLastThreeCodesSignsInOnce) {
    std::vector<std::string> codes;
    for (int i = 0; i < 3; ++i) {
        codes.push_back(requested_code());
        clock.advance(1s);
    }
    for (const std::size_t i : {1U, 0U, 2U}) EXPECT_TRUE(verify(codes[i])) << i;
    for (const std::string& used : codes) EXPECT_FALSE(verify(used));
}

TEST_F(CodesTest, TheFourthLastCodeIsInvalid) {
    std::vector<std::string> codes;
    for (int i = 0; i < 4; ++i) {
        codes.push_back(requested_code());
        clock.advance(2min);
    }
    if (std::ranges::count(codes, codes[0]) == 1) EXPECT_EQ(verify(codes[0]).error().code, Code::otp_invalid);
    EXPECT_TRUE(verify(codes[1]));
}

TEST_F(CodesTest, FiveWrongGuessesInvalidateAllPendingCodes) {
    const std::string old = requested_code(), fresh = requested_code(), guess = other_than({old, fresh});
    for (int i = 0; i < 5; ++i) EXPECT_EQ(verify(guess).error().code, Code::otp_invalid);
    EXPECT_EQ(verify(old).error().code, Code::otp_expired);
    EXPECT_EQ(verify(fresh).error().code, Code::otp_expired);
    EXPECT_TRUE(verify(requested_code())) << "a new one has its own five";
}

TEST_F(CodesTest, AnExpiredCodeIsNotOneOfThose) {
    const std::string old = requested_code();
    clock.advance(6min);
    const std::string fresh = requested_code();
    clock.advance(5min);
    if (old != fresh) EXPECT_EQ(verify(old).error().code, Code::otp_invalid);
    EXPECT_TRUE(verify(fresh));
}

TEST_F(CodesTest, AnInvalidCodeCostsNoAttempt) {
    const std::string digits = requested_code();
    for (const char* typed : {"", "12345", "1234567", "abcdef", "12 34", "²²²²²²"}) {
        const auto read =
            contract::parse_json<VerifyCode>(R"({"identifier":"0550123456","code":")" + std::string(typed) + "\"}");
        ASSERT_FALSE(read) << typed;
        EXPECT_EQ(read.error().code, Code::validation_failed);
    }
    std::string spoken;
    for (const char digit : digits)
        spoken += "\u200f٠١٢٣٤٥٦٧٨٩"s.substr(3 + 2 * static_cast<std::size_t>(digit - '0'), 2) + ' ';
    EXPECT_TRUE(verify(spoken)) << "in Arabic digits, with spaces";
}

TEST_F(CodesTest, GuessesAtOnceAreCountedOneAfterTheOther) {
    const std::vector<std::string> codes{requested_code(), requested_code()};
    const std::string guess = other_than(codes);
    std::vector<std::optional<Result<SignedIn>>> answers(8);
    std::vector<Task<void>> guesses;
    for (auto& answer : answers) guesses.push_back(testing::keep_answer(verifying(guess), answer));
    testing::run_all(std::move(guesses));
    const auto was_counted = [](const auto& answer) { return answer->error().code == Code::otp_invalid; };
    EXPECT_EQ(std::ranges::count_if(answers, was_counted), 5);
    EXPECT_EQ(verify(codes[0]).error().code, Code::otp_expired);
}

TEST_F(CodesTest, ADeviceIsCutBetweenLetters) {
    context.user_agent = std::string(199, 'x') + "é\xff";
    const SignedIn user = verify(requested_code()).value();
    const Caller caller = run(auth.authenticate(user.access_token)).value();
    EXPECT_EQ(run(auth.list_sessions(caller)).value().items.at(0).device, std::string(199, 'x'));
}

}  // namespace
}  // namespace safargo::auth
