// What a browser gets, and what becomes of a message whatever its push service does.
#include "adapters/webpush/push.hpp"

#include "adapters/webpush/double_test.hpp"
#include "core/crypto.hpp"
#include "core/failures.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>

namespace safargo::webpush {
namespace {

using namespace std::chrono_literals;
using enum Receipt::Outcome;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Manner = testing::Answer::Manner;

class WebPushTest : public ::testing::Test {
protected:
    void TearDown() override { EXPECT_THAT(browser.objections, IsEmpty()); }

    Delivery letter() const {
        return {.key = "outbox:7:01939f6d",
                .to = browser.endpoint(),
                .template_name = "booking_confirmed",
                .language = Language::ar,
                .subject = "تأكيد \"الحجز\"",
                .text = "Départ à 9 h.\nوهران",
                .browser_key = browser.browser().key,
                .browser_secret = browser.browser().secret};
    }
    Receipt deliver(const Delivery& delivery, WebPush::Reach reach = WebPush::Reach::anywhere) {
        WebPush push(testing::shared_context()->get_executor(), {.patience = 300ms, .attempts = 1},
                     {crypto::P256PrivateKey::generate(), "mailto:ops@safargo.com"}, clock, reach);
        return testing::run(push.deliver(delivery));
    }
    std::string failure() {
        try {
            deliver(letter());
        } catch (const DependencyUnavailable& failure) {
            for (const std::string& hidden : {letter().to, letter().text})
                EXPECT_THAT(failure.what(), Not(HasSubstr(hidden)));
            return failure.what();
        } catch (const DeadlineExceeded&) {
            return "too late";
        }
        return "";
    }

    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    BrowserDouble browser{clock.now()};
};

TEST_F(WebPushTest, TheBrowserReadsWhatWasWritten) {
    EXPECT_EQ(deliver(letter()).outcome, accepted);
    EXPECT_THAT(browser.messages,
                ElementsAre(R"({"title":"تأكيد \"الحجز\"","body":"Départ à 9 h.\nوهران","lang":"ar"})"));
    for (const testing::Asked& asked : browser.asked()) EXPECT_THAT(asked.body, Not(HasSubstr("9 h")));
}

TEST_F(WebPushTest, ARepetitionReplacesWhatItRepeats) {
    deliver(letter());
    deliver(letter());
    Delivery other = letter();
    other.key = "outbox:8:01939f6d";
    deliver(other);
    ASSERT_THAT(browser.asked(), SizeIs(3));
    const auto topic = [this](std::size_t i) { return browser.asked()[i].header("topic"); };
    EXPECT_EQ(topic(0), topic(1));
    EXPECT_NE(topic(0), topic(2));
}

TEST_F(WebPushTest, IsKeptForADayOrUntilItIsUseless) {
    deliver(letter());
    Delivery brief = letter();
    brief.expires_at = clock.now() + 90s;
    deliver(brief);
    brief.expires_at = clock.now() - 90s;
    deliver(brief);
    ASSERT_THAT(browser.asked(), SizeIs(3));
    EXPECT_EQ(browser.asked()[0].header("ttl"), "86400");
    EXPECT_EQ(browser.asked()[1].header("ttl"), "90");
    EXPECT_EQ(browser.asked()[2].header("ttl"), "0");
}

TEST_F(WebPushTest, ASubscriptionThatHasEndedIsUnknown) {
    for (const int status : {404, 410}) {
        browser.next({.status = status});
        const Receipt receipt = deliver(letter());
        EXPECT_EQ(receipt.outcome, unknown_recipient);
        EXPECT_EQ(receipt.reason, std::to_string(status));
    }
    Delivery broken = letter();
    broken.browser_key.back() = static_cast<char>(broken.browser_key.back() ^ 1);
    EXPECT_EQ(deliver(broken).outcome, unknown_recipient);
}

TEST_F(WebPushTest, WhatItDoesNotCarryIsRejected) {
    for (const int status : {400, 413}) {
        browser.next({.status = status});
        EXPECT_EQ(deliver(letter()).outcome, rejected);
    }
    Delivery large = letter();
    large.text = std::string(4'000, 'x');
    EXPECT_EQ(deliver(large).outcome, rejected);
    EXPECT_THAT(browser.messages, IsEmpty());
}

TEST_F(WebPushTest, EverythingElseIsTriedAgain) {
    for (const auto& [status, why] : std::vector<std::pair<int, const char*>>{{429, "it has too much to do"},
                                                                              {401, "it refuses our key"},
                                                                              {403, "it refuses our key"},
                                                                              {500, "it failed"},
                                                                              {503, "it failed"},
                                                                              {302, "it answers what it should not"}}) {
        browser.next({.status = status});
        EXPECT_THAT(failure(), HasSubstr(why)) << status;
    }
    for (const Manner manner : {Manner::silent, Manner::torn, Manner::cut}) {
        browser.next({.status = 201, .manner = manner});
        EXPECT_NE(failure(), "");
    }
    browser.stop();
    EXPECT_NE(failure(), "");
    EXPECT_THAT(browser.messages, IsEmpty());
}

// Whoever subscribes names the address: it must not lead into our network.
TEST_F(WebPushTest, AsksNoAddressThatIsNotPublic) {
    EXPECT_THROW(deliver(letter(), WebPush::Reach::public_hosts), DependencyUnavailable);
    EXPECT_THAT(browser.asked(), IsEmpty());
}

}  // namespace
}  // namespace safargo::webpush
