#include "features/auth/auth_world_test.hpp"

#include <map>

namespace safargo::auth {
namespace {

using testing::run;
using namespace std::chrono_literals;

constexpr const char* phone = "0550123456";
constexpr const char* email = "amel@example.dz";

Task<void> count_refusals(Task<Result<SignedIn>> guess, std::map<Code, int>& refusals) {
    const auto answer = co_await std::move(guess);
    if (!answer) ++refusals[answer.error().code];
}

class GuessLimitsTest : public AuthWorld {
protected:
    // An account that both identifiers sign in to, with one device.
    SignedIn open_account() {
        SignedIn amel = sign_in(phone);
        database.execute("update users set email = 'amel@example.dz' where phone = '+213550123456'");
        clock.advance(5min);
        return amel;
    }
    // Codes are requested as often as needed; the last one may have attempts left.
    void guess_wrong(std::string_view typed, int times) {
        for (int i = 0; i < times; ++i) {
            if (i % 5 == 0) {
                clock.advance(5min);
                request(typed).value();
            }
            const std::string digits = code();
            ASSERT_EQ(verify(typed, wrong(digits)).error().code, Code::otp_invalid) << typed << ' ' << i;
        }
    }
    std::string to_of_next(std::string_view typed) {
        const auto before = waiting_messages();
        clock.advance(5min);
        request(typed).value();
        if (waiting_messages() == before) return "nobody";
        code();
        return letters.last.to;
    }
    void tomorrow() { clock.set(LocalDate::of(clock.now()).ends()); }
};

TEST_F(GuessLimitsTest, TwentyWrongCodesOfADayCloseTheChannel) {
    open_account();
    guess_wrong(phone, 19);
    const std::string digits = code();
    EXPECT_TRUE(verify(phone, digits)) << "the twentieth guess is right";
    guess_wrong(phone, 1);
    const std::string late = code();
    EXPECT_EQ(verify(phone, late).error().code, Code::otp_expired) << "codes sent to the closed channel are invalid";
    tomorrow();
    clock.advance(10min);
    request(phone).value();
    EXPECT_TRUE(verify(phone, code()));
}

TEST_F(GuessLimitsTest, ThenCodesGoToTheOtherVerifiedChannel) {
    const SignedIn before = open_account();
    guess_wrong(phone, 20);
    EXPECT_EQ(to_of_next(phone), email);
    const SignedIn after = verify(phone, code()).value();
    EXPECT_EQ(after.user.id, before.user.id);
    EXPECT_EQ(to_of_next(email), email);
    EXPECT_EQ(verify(email, code()).value().user.id, before.user.id);
    tomorrow();
    EXPECT_EQ(to_of_next(phone), "+213550123456");
}

TEST_F(GuessLimitsTest, AClosedAddressSendsCodesToThePhone) {
    open_account();
    guess_wrong(email, 20);
    EXPECT_EQ(to_of_next(email), "+213550123456");
    EXPECT_TRUE(verify(email, code()));
}

TEST_F(GuessLimitsTest, OpenSessionsStay) {
    const SignedIn amel = open_account();
    guess_wrong(phone, 20);
    clock.set(parse_instant("2026-12-01T08:06:00Z").value());
    EXPECT_TRUE(run(auth.authenticate(amel.access_token)));
}

TEST_F(GuessLimitsTest, TheyCountPerAccount) {
    open_account();
    guess_wrong(email, 10);
    guess_wrong(phone, 10);
    EXPECT_EQ(to_of_next(phone), email) << "the phone had the twentieth";
    EXPECT_EQ(to_of_next(email), email);
}

TEST_F(GuessLimitsTest, TheOtherChannelHasALimitOfItsOwn) {
    open_account();
    guess_wrong(phone, 20);
    guess_wrong(email, 20);
    EXPECT_EQ(to_of_next(phone), "nobody");
    clock.advance(5min);
    EXPECT_EQ(to_of_next(email), "nobody") << "its codes would go to the phone";
    tomorrow();
    EXPECT_EQ(to_of_next(email), email);
}

// An attacker learns nothing about the account behind the identifier.
TEST_F(GuessLimitsTest, AnUnusedIdentifierIsIndistinguishable) {
    open_account();
    guess_wrong(phone, 20);
    guess_wrong("0660000000", 20);
    for (const char* typed : {phone, "0660000000"}) {
        clock.advance(5min);
        const CodeRequested answer = request(typed).value();
        EXPECT_EQ(answer.expires_in, 600) << typed;
        EXPECT_EQ(answer.resend_in, 60) << typed;
        for (int i = 0; i < 5; ++i) {
            const auto refused = verify(typed, "000000");
            ASSERT_FALSE(refused) << typed;
            EXPECT_EQ(refused.error().code, Code::otp_invalid) << typed;
        }
        EXPECT_EQ(verify(typed, "000000").error().code, Code::otp_expired) << typed;
    }
    EXPECT_EQ(to_of_next("0660000000"), "nobody");
    tomorrow();
    request("0660000000").value();
    EXPECT_TRUE(verify("0660000000", code())) << "a new person only waits until the next day";
}

TEST_F(GuessLimitsTest, ConcurrentGuessesDoNotExceedTheLimit) {
    open_account();
    guess_wrong(phone, 18);
    clock.advance(5min);
    request(phone).value();
    const std::string bad = wrong(code());
    std::map<Code, int> refusals;
    std::vector<Task<void>> guesses;
    for (int i = 0; i < 12; ++i) guesses.push_back(count_refusals(verifying(phone, bad), refusals));
    testing::run_all(std::move(guesses));
    EXPECT_EQ(refusals[Code::otp_invalid], 2);
    EXPECT_EQ(refusals[Code::otp_expired], 10);
}

TEST_F(GuessLimitsTest, RightCodesAreNotCounted) {
    open_account();
    for (int i = 0; i < 8; ++i) EXPECT_EQ(sign_in(phone).user.phone, "+213550123456");
    guess_wrong(email, 20);
    EXPECT_EQ(to_of_next(phone), "+213550123456");
}

TEST_F(GuessLimitsTest, WithoutACodeThereIsNothingToGuess) {
    open_account();
    for (int i = 0; i < 30; ++i) EXPECT_EQ(verify(phone, "000000").error().code, Code::otp_expired);
    EXPECT_EQ(to_of_next(phone), "+213550123456");
}

TEST_F(GuessLimitsTest, TenCodesADay) {
    const Instant first = clock.now() + 5min;
    for (int i = 0; i < 10; ++i) {
        clock.advance(5min);
        EXPECT_TRUE(request(phone)) << i;
    }
    clock.advance(5min);
    const auto refused = request(phone);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::rate_limited);
    EXPECT_GE(clock.now() + *refused.error().retry_after, first + 24h);
    EXPECT_LE(clock.now() + *refused.error().retry_after, first + 24h + 2s);
    EXPECT_TRUE(request("0660123456"));
    clock.advance(*refused.error().retry_after);
    EXPECT_TRUE(request(phone));
}

TEST_F(GuessLimitsTest, DevelopmentHasNoDailyLimit) {
    AuthService free(database.db(), notifications, limiter, clock, {.keys = secret});
    for (int i = 0; i < 12; ++i) {
        clock.advance(5min);
        EXPECT_TRUE(run(free.request_code(context, {who(phone), std::nullopt}))) << i;
    }
}

}  // namespace
}  // namespace safargo::auth
