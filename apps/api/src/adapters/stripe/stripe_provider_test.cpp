#include "adapters/stripe/stripe_provider.hpp"

#include "adapters/stripe/fake_stripe_test.hpp"
#include "core/failures.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::stripe {
namespace {

using enum AttemptState;
using std::chrono::hours;
using test::FakeStripe;
using testing::run;
using Fault = FakeStripe::Fault;

struct FakeIntentState {
    std::string status;
    std::int64_t received;
    bool operator==(const FakeIntentState&) const = default;
};

class StripeTest : public ::testing::Test {
protected:
    AttemptOrder order(std::int64_t amount = 1575) const {
        return {.name = name, .method = "card", .amount = {amount}, .return_url = "https://safargo.test/bookings/b1"};
    }
    // Opens an attempt and remembers its reference, as payments do.
    Attempt open(const std::string& key = "open", bool take_at_once = false) {
        AttemptOrder wanted = order();
        wanted.take_at_once = take_at_once;
        const Attempt opened = run(provider.open(key, wanted));
        name.reference = opened.reference;
        return opened;
    }
    void hold() {
        open();
        stripe.pay();
    }
    Attempt capture(std::int64_t amount, const std::string& key = "capture") {
        return run(provider.capture(key, name, {amount}));
    }
    Attempt release() { return run(provider.release("release", name)); }
    bool refund(const std::string& key, std::int64_t amount) { return run(provider.refund(key, name, {amount})); }
    bool has_refunded(const std::string& key) { return run(provider.has_refunded(key, name)); }
    AttemptState state() { return run(provider.find(name)).value().state; }
    FakeIntentState money() const {
        return {stripe.sessions.back().intent.status, stripe.sessions.back().intent.received};
    }

    FakeClock clock{Instant{hours{498'000}}};
    FakeStripe stripe{clock};
    StripeProvider provider{[this](net::Request request) { return stripe.answer(std::move(request)); },
                            {.secret_key = test::secret_key, .api_base = "https://stripe.test"}};
    AttemptName name{.payment = "01939f70-2f61-7d05-8e3f-1a2b3c4d5e6f"};
};

TEST_F(StripeTest, OpeningSendsTheCustomerToAPageAndMovesNoMoney) {
    const Attempt opened = open();
    EXPECT_EQ(opened.state, needs_action);
    EXPECT_EQ(opened.reference, "cs_test_1");
    ASSERT_TRUE(opened.action);
    EXPECT_EQ(opened.action->url, "https://checkout.stripe.test/cs_test_1");
    EXPECT_EQ(opened.action->until, clock.now() + hours{24});
    EXPECT_EQ(stripe.sessions.back().intent.amount, 157'500) << "centimes";
    EXPECT_EQ(run(provider.hold("hold", name)).state, needs_action);
}

TEST_F(StripeTest, APaidPageHoldsTheMoneyUntilItLapses) {
    hold();
    const Attempt held_now = run(provider.find(name)).value();
    EXPECT_EQ(held_now.state, held);
    EXPECT_EQ(held_now.capture_before, Instant{std::chrono::seconds{1'796'000'000}});
    EXPECT_EQ(capture(825).captured, Dinars{825});
    EXPECT_EQ(money(), (FakeIntentState{"succeeded", 82'500}));
    EXPECT_EQ(capture(750, "another key").captured, Dinars{825}) << "one capture";
}

TEST_F(StripeTest, MoneyMayBeTakenAtOnce) {
    open("open", true);
    stripe.pay();
    const Attempt taken = run(provider.find(name)).value();
    EXPECT_EQ(taken.state, captured);
    EXPECT_EQ(taken.captured, Dinars{1575});
    EXPECT_EQ(taken.capture_before, std::nullopt);
    EXPECT_EQ(release().state, captured) << "it has to be refunded";
}

TEST_F(StripeTest, ADeclinedCardLeavesThePageOpen) {
    open();
    stripe.decline();
    EXPECT_EQ(state(), needs_action);
    stripe.pay();
    EXPECT_EQ(state(), held);
}

TEST_F(StripeTest, ReleasingClosesThePageOrFreesTheHold) {
    open();
    EXPECT_EQ(release().state, expired);
    name.number = 2;
    open("open:2");
    stripe.pay();
    EXPECT_EQ(run(provider.release("release:2", name)).state, expired);
    EXPECT_EQ(money().status, "canceled");
    EXPECT_EQ(capture(1575).state, expired);
}

TEST_F(StripeTest, AnAbandonedPageExpires) {
    open();
    clock.advance(hours{24});
    EXPECT_EQ(state(), expired);
}

TEST_F(StripeTest, ACaptureOfMoreThanIsHeldIsRefused) {
    hold();
    EXPECT_EQ(capture(1576).state, held);
    EXPECT_EQ(money().received, 0);
}

TEST_F(StripeTest, RefundsPartsAndNeverMoreThanWasTaken) {
    hold();
    EXPECT_FALSE(refund("early", 1));
    capture(1575);
    EXPECT_TRUE(refund("a", 1000));
    EXPECT_FALSE(refund("b", 576));
    EXPECT_TRUE(refund("c", 575));
    EXPECT_TRUE(has_refunded("a"));
    EXPECT_FALSE(has_refunded("b"));
    EXPECT_EQ(state(), captured);
}

TEST_F(StripeTest, ARefundIsFoundOnAnyPage) {
    hold();
    capture(1575);
    for (const char* key : {"a", "b", "c", "d", "e"}) EXPECT_TRUE(refund(key, 10));
    stripe.page = 2;
    EXPECT_TRUE(has_refunded("a"));
    EXPECT_FALSE(has_refunded("f"));
    stripe.refunds.front().status = "failed";
    EXPECT_FALSE(has_refunded("a")) << "the bank sent it back";
}

TEST_F(StripeTest, TheSameKeyOpensOneSessionForADay) {
    stripe.fault = Fault::lost;
    EXPECT_THROW(open(), DeadlineExceeded);
    EXPECT_FALSE(run(provider.find(name)).has_value()) << "nobody was sent there: no money can be in it";
    EXPECT_EQ(open().reference, "cs_test_1");
    EXPECT_EQ(stripe.sessions.size(), 1U);
}

TEST_F(StripeTest, MoneyOfAnAttemptWithoutReferenceIsFoundByItsMetadata) {
    hold();
    name.reference.clear();
    const Attempt found = run(provider.find(name)).value();
    EXPECT_EQ(found.state, held);
    EXPECT_EQ(found.reference, "pi_1");
    name.number = 2;
    EXPECT_FALSE(run(provider.find(name)).has_value()) << "another attempt";
    name = {name.payment, 1, found.reference};
    EXPECT_EQ(capture(1575).state, captured);
}

TEST_F(StripeTest, ACaptureWithoutAnswerIsSeenAfterTheKeyIsForgotten) {
    hold();
    const auto lose_the_capture = [&] {
        stripe.lose_next_post = true;
        capture(825);
    };
    EXPECT_THROW(lose_the_capture(), DeadlineExceeded);
    clock.advance(hours{25});
    EXPECT_EQ(state(), captured);
    EXPECT_EQ(capture(825).captured, Dinars{825});
    EXPECT_EQ(money().received, 82'500);
}

TEST_F(StripeTest, AKeyUsedForSomethingElseLeavesTheOutcomeUnknown) {
    hold();
    EXPECT_EQ(capture(1576).state, held);
    EXPECT_THROW(capture(1575), DependencyUnavailable);
}

TEST_F(StripeTest, WhateverIsNoAnswerLeavesTheOutcomeUnknown) {
    open();
    for (const int status : {301, 401, 403, 409, 429, 500, 502, 503}) {
        stripe.instead = net::Response{.status = status, .body = "{}"};
        EXPECT_THROW(state(), DependencyUnavailable) << status;
    }
    for (const char* body : {"", "{", "[]", "{}", R"({"object":"charge","id":"cs_1","status":"open"})",
                             R"({"object":"checkout.session","id":"../x","status":"open"})",
                             R"({"object":"checkout.session","id":"cs_1"})",
                             R"({"object":"checkout.session","id":"cs_1","status":"open","expires_at":-1})"}) {
        stripe.instead = net::Response{.status = 200, .body = body};
        EXPECT_THROW(state(), DependencyUnavailable) << body;
    }
    stripe.fault = Fault::unreachable;
    EXPECT_THROW(state(), DependencyUnavailable);
}

TEST_F(StripeTest, AStateThatIsNewToUsIsUnknown) {
    open();
    stripe.instead =
        net::Response{.status = 200, .body = R"({"object":"checkout.session","id":"cs_1","status":"paused"})"};
    EXPECT_EQ(state(), unknown);
}

TEST_F(StripeTest, AnAttemptThatIsGoneIsNotFound) {
    name.reference = "cs_test_99";
    EXPECT_FALSE(run(provider.find(name)).has_value());
    name.reference = "pi_99";
    EXPECT_FALSE(run(provider.find(name)).has_value());
}

TEST_F(StripeTest, TheSecretStandsInOneHeaderAlone) {
    hold();
    capture(1575);
    refund("a", 1);
    for (const net::Request& request : stripe.requests) {
        EXPECT_THAT(request.url + request.body, ::testing::Not(::testing::HasSubstr(test::secret_key)));
        EXPECT_TRUE(request.repeatable);
    }
}

}  // namespace
}  // namespace safargo::stripe
