// What we ask of SendGrid, and what becomes of a mail whatever SendGrid does.
#include "adapters/sendgrid/mail.hpp"

#include "adapters/sendgrid/double_test.hpp"
#include "core/failures.hpp"
#include "testing/run_task.hpp"

#include <boost/json.hpp>

#include <gmock/gmock.h>

#include <chrono>

namespace safargo::sendgrid {
namespace {

using namespace std::chrono_literals;
using enum Receipt::Outcome;
using testing::Answer;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Manner = testing::Answer::Manner;

class SendGridMailTest : public ::testing::Test {
protected:
    void TearDown() override { EXPECT_THAT(sendgrid.objections, IsEmpty()); }

    static Delivery letter() {
        return {.key = "outbox:7",
                .to = "amel@example.dz",
                .template_name = "otp",
                .language = Language::ar,
                .subject = "رمز الدخول \"482913\"",
                .text = "Il expire à 9 h.\nرمزك هو 482913"};
    }
    Receipt deliver(Delivery delivery) {
        SendGridMail mail(testing::shared_context()->get_executor(), {.patience = 300ms, .attempts = 1}, account,
                          status);
        return testing::run(mail.deliver(std::move(delivery)));
    }
    // "" if it was answered, otherwise what was thrown, which shows no secret, recipient or text.
    std::string failure() {
        try {
            deliver(letter());
        } catch (const DependencyUnavailable& failure) {
            for (const std::string& hidden : {account.api_key, letter().to, letter().text})
                EXPECT_THAT(failure.what(), Not(HasSubstr(hidden)));
            return failure.what();
        } catch (const DeadlineExceeded&) {
            return "too late";
        }
        return "";
    }
    Receipt refused(const std::string& body, int http_status = 400) {
        sendgrid.next({.status = http_status, .body = body});
        return deliver(letter());
    }

    SendGridDouble sendgrid;
    Account account = sendgrid.account();
    net::VendorStatus status;
};

TEST_F(SendGridMailTest, SendsOneMailWithOurKey) {
    const Receipt receipt = deliver(letter());
    EXPECT_EQ(receipt.outcome, accepted);
    EXPECT_EQ(receipt.provider_id, "KuXE8xcXS1uxZ2fB3SF5lw");
    ASSERT_THAT(sendgrid.mails, SizeIs(1));
    const boost::json::value& mail = sendgrid.mails[0];
    const boost::json::value& envelope = mail.at("personalizations").at(0);
    EXPECT_EQ(envelope.at("to"), boost::json::parse(R"([{"email":"amel@example.dz"}])"));
    EXPECT_EQ(envelope.at("custom_args"), boost::json::parse(R"({"safargo_key":"outbox:7"})"));
    EXPECT_EQ(mail.at("from").at("email"), "no-reply@safargo.test");
    EXPECT_EQ(std::string(mail.at("subject").as_string()), letter().subject);
    EXPECT_EQ(mail.at("content").at(0).at("type"), "text/plain");
    EXPECT_EQ(std::string(mail.at("content").at(0).at("value").as_string()), letter().text);
    EXPECT_TRUE(status.latency_ms());
}

TEST_F(SendGridMailTest, FollowsNobody) {
    deliver(letter());
    const boost::json::value& tracking = sendgrid.mails.at(0).at("tracking_settings");
    EXPECT_EQ(tracking.at("click_tracking").at("enable"), false);
    EXPECT_EQ(tracking.at("open_tracking").at("enable"), false);
}

TEST_F(SendGridMailTest, RefusalsOfTheMailAreFinal) {
    const Receipt unknown = refused(
        R"({"errors":[{"message":"Does not contain a valid address: amel@","field":"personalizations.0.to.0.email"}]})");
    EXPECT_EQ(unknown.outcome, unknown_recipient);
    EXPECT_EQ(unknown.reason, "400 personalizations.0.to.0.email");
    for (const char* body :
         {R"({"errors":[{"message":"x","field":"content"}]})", R"({"errors":[{"message":"x","field":null}]})",
          R"({"errors":[]})", "{}", "<html>", "", R"({"errors":[{"field":"Amel <amel@example.dz>"}]})"}) {
        const Receipt receipt = refused(body);
        EXPECT_EQ(receipt.outcome, rejected) << body;
        EXPECT_THAT(receipt.reason, Not(HasSubstr("amel")));
    }
    EXPECT_EQ(refused("{}", 413).outcome, rejected);
    EXPECT_TRUE(status.up());
}

TEST_F(SendGridMailTest, WhatIsNotTheMailsFaultIsTriedAgain) {
    for (const Answer& answer :
         {Answer{.status = 429}, Answer{.status = 500}, Answer{.status = 503}, Answer{.status = 401},
          Answer{.status = 403}, Answer{.status = 404}, Answer{.status = 302}, Answer{.status = 200},
          Answer{.status = 400, .body = R"({"errors":[{"message":"not yours","field":"from.email"}]})"},
          Answer{.manner = Manner::cut}, Answer{.manner = Manner::silent},
          Answer{.status = 202, .body = "{}", .manner = Manner::torn}}) {
        sendgrid.next(answer);
        EXPECT_NE(failure(), "") << answer.status << answer.body;
        EXPECT_FALSE(status.up());
    }
    EXPECT_EQ(failure(), "");
    EXPECT_TRUE(status.up());
}

TEST_F(SendGridMailTest, ItsKeyIsChecked) {
    account.api_key = "SG.another";
    EXPECT_THAT(failure(), HasSubstr("it refuses our key or sender"));
}

// A mail that went may be sent once more: there is nothing to ask SendGrid by.
TEST_F(SendGridMailTest, AMailWhoseOutcomeIsUnknownIsSentAgain) {
    Delivery again = letter();
    again.tried_before = true;
    EXPECT_EQ(deliver(again).outcome, accepted);
    EXPECT_THAT(sendgrid.mails, SizeIs(1));
}

TEST_F(SendGridMailTest, AnIdThatIsMissingOrTooLongIsNone) {
    sendgrid.next({.status = 202});
    EXPECT_EQ(deliver(letter()).provider_id, "");
    sendgrid.next({.status = 202, .headers = {{"X-Message-Id", std::string(101, 'x')}}});
    EXPECT_EQ(deliver(letter()).provider_id, "");
}

TEST_F(SendGridMailTest, AStoppedSendGridIsUnavailable) {
    sendgrid.stop();
    EXPECT_NE(failure(), "");
    EXPECT_FALSE(status.up());
}

}  // namespace
}  // namespace safargo::sendgrid
