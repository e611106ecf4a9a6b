// What we ask of Twilio, and what becomes of a message whatever Twilio does.
#include "adapters/twilio/sms.hpp"

#include "adapters/twilio/double_test.hpp"
#include "core/failures.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>

#include <chrono>

namespace safargo::twilio {
namespace {

using namespace std::chrono_literals;
using enum Receipt::Outcome;
using testing::Answer;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Manner = testing::Answer::Manner;

class TwilioSmsTest : public ::testing::Test {
protected:
    void TearDown() override { EXPECT_THAT(twilio.objections, IsEmpty()); }

    Delivery letter() const {
        return {.key = "outbox:7",
                .to = "+213550000001",
                .template_name = "otp",
                .text = "رمزك هو 482913. Il expire à 9 h & +",
                .written_at = clock.now()};
    }
    Delivery letter_again() const {
        Delivery again = letter();
        again.tried_before = true;
        return again;
    }
    Receipt deliver(Delivery delivery) {
        TwilioSms sms(testing::shared_context()->get_executor(), {.patience = 300ms, .attempts = 1}, account, clock,
                      status);
        return testing::run(sms.deliver(std::move(delivery)));
    }
    // "" if it was answered, otherwise what was thrown, which shows no secret, recipient or text.
    std::string failure_of(Delivery delivery) {
        try {
            deliver(std::move(delivery));
        } catch (const DependencyUnavailable& failure) {
            for (const std::string& hidden : {account.auth_token, letter().to, letter().text})
                EXPECT_THAT(failure.what(), Not(HasSubstr(hidden)));
            return failure.what();
        } catch (const DeadlineExceeded&) {
            return "too late";
        }
        return "";
    }
    Fields sent() const { return twilio.messages.at(twilio.messages.size() - 1).fields; }

    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    TwilioDouble twilio{clock};
    Account account = twilio.account();
    net::VendorStatus status;
};

TEST_F(TwilioSmsTest, SendsOneMessageWithOurKeyInItsCallback) {
    const Receipt receipt = deliver(letter());
    EXPECT_EQ(receipt.outcome, accepted);
    ASSERT_THAT(twilio.messages, SizeIs(1));
    EXPECT_EQ(receipt.provider_id, twilio.messages[0].sid);
    EXPECT_EQ(sent(), (Fields{{"To", "+213550000001"},
                              {"From", "+12025550143"},
                              {"Body", letter().text},
                              {"StatusCallback", account.callback + "?key=outbox%3A7"}}));
    EXPECT_THAT(twilio.asked(), SizeIs(1)) << "a first attempt looks for nothing";
    EXPECT_TRUE(status.latency_ms());
}

TEST_F(TwilioSmsTest, WithoutAPublicAddressAsksForNoReports) {
    account.callback.clear();
    deliver(letter());
    EXPECT_FALSE(sent().contains("StatusCallback"));
}

TEST_F(TwilioSmsTest, SendsByAServiceOrANameOrANumber) {
    account.from = "SafarGo";
    deliver(letter());
    EXPECT_EQ(sent().at("From"), "SafarGo");
    account.from = "MG0123456789abcdef0123456789abcdef";
    deliver(letter());
    EXPECT_EQ(sent().at("MessagingServiceSid"), account.from);
    EXPECT_FALSE(sent().contains("From"));
}

TEST_F(TwilioSmsTest, LetsAMessageExpire) {
    const auto validity = [&](std::chrono::milliseconds left) {
        Delivery code = letter();
        code.expires_at = clock.now() + left;
        deliver(code);
        return sent().at("ValidityPeriod");
    };
    EXPECT_EQ(validity(10min), "600");
    EXPECT_EQ(validity(90'900ms), "90");
    EXPECT_EQ(validity(0ms), "1");
    EXPECT_EQ(validity(20h), "36000");
    deliver(letter());
    EXPECT_FALSE(sent().contains("ValidityPeriod"));
}

TEST_F(TwilioSmsTest, RefusalsOfTheRecipientAreFinal) {
    struct Row {
        std::int64_t code;
        Receipt::Outcome outcome;
    };
    for (const auto& [code, outcome] : {Row{21211, unknown_recipient}, Row{21614, unknown_recipient},
                                        Row{21610, unsubscribed}, Row{21408, rejected}, Row{21617, rejected}}) {
        twilio.refuse(400, code);
        const Receipt receipt = deliver(letter());
        EXPECT_EQ(receipt.outcome, outcome) << code;
        EXPECT_EQ(receipt.reason, std::to_string(code));
        EXPECT_EQ(receipt.provider_id, "");
    }
    EXPECT_THAT(twilio.messages, IsEmpty());
    EXPECT_TRUE(status.up());
}

TEST_F(TwilioSmsTest, WhatIsNotTheMessagesFaultIsTriedAgain) {
    struct Row {
        int status;
        std::int64_t code;
    };
    for (const auto& [http_status, code] :
         {Row{429, 20429}, Row{500, 20500}, Row{503, 20503}, Row{401, 20003}, Row{403, 20005}, Row{404, 20404},
          Row{400, 21606}, Row{400, 21611}, Row{400, 63038}, Row{302, 0}, Row{200, 0}}) {
        twilio.refuse(http_status, code);
        EXPECT_NE(failure_of(letter()), "") << http_status << ' ' << code;
        EXPECT_FALSE(status.up());
    }
    EXPECT_EQ(failure_of(letter()), "");
    EXPECT_TRUE(status.up());
}

TEST_F(TwilioSmsTest, ItsCredentialsAreChecked) {
    account.auth_token = "00000000000000000000000000000000";
    EXPECT_THAT(failure_of(letter()), HasSubstr("it refuses our credentials"));
    account = twilio.account();
    account.sid = "AC00000000000000000000000000000000";
    EXPECT_THAT(failure_of(letter()), HasSubstr("it refuses our credentials"));
}

// The rule that matters most: a message that may have gone is not sent again before Twilio was asked.
TEST_F(TwilioSmsTest, AnUnknownOutcomeIsLookedUpAndNotSentTwice) {
    for (const Manner manner : {Manner::cut, Manner::silent, Manner::torn}) {
        twilio.messages.clear();
        twilio.next({.answer = {.status = 201, .body = "{}", .manner = manner}, .takes = true});
        EXPECT_NE(failure_of(letter()), "");
        clock.advance(1s);
        const Receipt receipt = deliver(letter_again());
        ASSERT_THAT(twilio.messages, SizeIs(1));
        EXPECT_EQ(receipt.outcome, accepted);
        EXPECT_EQ(receipt.provider_id, twilio.messages[0].sid);
    }
}

TEST_F(TwilioSmsTest, AnUnreadableAcceptanceIsLookedUpAsWell) {
    for (const char* body : {"", "{", "[]", "{}", R"({"sid":"SM1","status":"queued"})"}) {
        twilio.messages.clear();
        twilio.next({.answer = {.status = 201, .body = body}, .takes = true});
        EXPECT_THAT(failure_of(letter()), HasSubstr("unreadable answer")) << body;
        deliver(letter_again());
        EXPECT_THAT(twilio.messages, SizeIs(1));
    }
}

TEST_F(TwilioSmsTest, WhatDidNotArriveIsSentOnTheSecondAttempt) {
    twilio.next({.answer = {.manner = Manner::cut}, .takes = false});
    EXPECT_NE(failure_of(letter()), "");
    deliver(letter_again());
    EXPECT_THAT(twilio.messages, SizeIs(1));
}

TEST_F(TwilioSmsTest, NothingIsSentWhileTwilioCannotBeAsked) {
    for (const Answer& answer :
         {Answer{.status = 500}, Answer{.status = 429}, Answer{.manner = Manner::cut}, Answer{.manner = Manner::silent},
          Answer{.body = "{}"}, Answer{.body = R"({"messages":[{}]})"}, Answer{.body = R"({"messages":null})"}}) {
        twilio.list_badly(answer);
        EXPECT_NE(failure_of(letter_again()), "") << answer.status << answer.body;
    }
    EXPECT_THAT(twilio.messages, IsEmpty());
}

TEST_F(TwilioSmsTest, TheSameWordsOfAnEarlierMessageAreAnother) {
    twilio.keep({{"To", letter().to}, {"Body", letter().text}});
    clock.advance(1h);
    deliver(letter_again());
    EXPECT_THAT(twilio.messages, SizeIs(2));
}

TEST_F(TwilioSmsTest, OtherWordsToThePersonAndTheSameWordsToAnotherAreOthers) {
    twilio.keep({{"To", letter().to}, {"Body", "other words"}});
    twilio.keep({{"To", "+213550000002"}, {"Body", letter().text}});
    deliver(letter_again());
    EXPECT_THAT(twilio.messages, SizeIs(3));
}

TEST_F(TwilioSmsTest, ATrialAccountsOwnWordsBeforeOursAreNoDifference) {
    twilio.keep({{"To", letter().to}, {"Body", "Sent from your Twilio trial account - " + letter().text}});
    deliver(letter_again());
    EXPECT_THAT(twilio.messages, SizeIs(1));
}

TEST_F(TwilioSmsTest, AMessageThatIsFoundHasTheOutcomeItHasThere) {
    TwilioDouble::Sms& sms = twilio.keep({{"To", letter().to}, {"Body", letter().text}});
    sms.status = "delivered";
    EXPECT_EQ(deliver(letter_again()).outcome, delivered);
    sms.status = "undelivered";
    sms.error_code = 30005;
    const Receipt receipt = deliver(letter_again());
    EXPECT_EQ(receipt.outcome, unknown_recipient);
    EXPECT_EQ(receipt.reason, "30005");
    EXPECT_EQ(receipt.provider_id, sms.sid);
}

TEST_F(TwilioSmsTest, AStoppedTwilioIsUnavailable) {
    twilio.stop();
    EXPECT_NE(failure_of(letter()), "");
    EXPECT_FALSE(status.up());
    EXPECT_FALSE(status.latency_ms());
}

TEST_F(TwilioSmsTest, ATextInAnyScriptArrivesAsItIs) {
    Delivery delivery = letter();
    for (const char* text : {"a=b&c=d", "100 % +213", "é ç œ — €", "خروج 7:30", "🚗", " "}) {
        delivery.text = text;
        deliver(delivery);
        EXPECT_EQ(sent().at("Body"), text);
    }
}

}  // namespace
}  // namespace safargo::twilio
