#include "adapters/sandbox/sandbox_provider.hpp"

#include "core/clock.hpp"
#include "core/failures.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <memory>

namespace safargo::sandbox {
namespace {

using enum AttemptState;
using testing::run;

// The contract of every PaymentProvider, tested on the sandbox, and its scripted failures.
class SandboxTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { database = std::make_unique<testing::TestDatabase>(); }
    static void TearDownTestSuite() { database.reset(); }
    void TearDown() override { run(provider().clear_faults()); }

    SandboxProvider& provider() { return provider_; }
    AttemptState open(const std::string& key, std::int64_t amount = 1575) { return open(key, order(amount)); }
    AttemptState open(const std::string& key, AttemptOrder order) {
        return run(provider_.open("open " + key + reference, std::move(order))).state;
    }
    AttemptOrder order(std::int64_t amount = 1575) { return {.name = name, .method = "sandbox", .amount = {amount}}; }
    AttemptState ask(const std::string& key) { return run(provider_.hold(key + reference, name)).state; }
    // Opens an attempt and asks for its money.
    AttemptState hold(const std::string& key, std::int64_t amount = 1575) {
        open(key, amount);
        return ask(key);
    }
    AttemptState capture(const std::string& key, std::int64_t amount) {
        return run(provider_.capture(key + reference, name, {amount})).state;
    }
    AttemptState release(const std::string& key) { return run(provider_.release(key + reference, name)).state; }
    bool refund(const std::string& key, std::int64_t amount) {
        return run(provider_.refund(key + reference, name, {amount}));
    }
    bool has_refunded(const std::string& key) { return run(provider_.has_refunded(key + reference, name)); }
    std::optional<Attempt> find() { return run(provider_.find(name)); }
    std::optional<AttemptState> found() {
        const std::optional<Attempt> attempt = find();
        return attempt ? std::optional(attempt->state) : std::nullopt;
    }
    Charge charge() { return run(provider_.find_charge(reference)).value(); }
    void script(Operation operation, FaultOutcome outcome, std::int64_t remaining = 1) {
        run(provider_.add_fault({operation, outcome, Bounded<1, 1000>::from(remaining).value()}));
    }
    template <class F>
    bool answers_nothing(F operation) {
        try {
            operation();
            return false;
        } catch (const DependencyUnavailable&) {
            return true;
        }
    }

    const std::string reference = Uuid::v7(SystemClock().now()).str();
    const AttemptName name{.payment = reference};
    FakeClock clock{Instant{std::chrono::hours{490'000}}};

private:
    static inline std::unique_ptr<testing::TestDatabase> database;
    SandboxProvider provider_{database->db(), clock};
};

TEST_F(SandboxTest, HoldsCapturesAndRefunds) {
    EXPECT_EQ(found(), std::nullopt);
    EXPECT_EQ(open("a"), started);
    EXPECT_EQ(ask("a"), held);
    EXPECT_EQ(found(), held);
    EXPECT_EQ(find()->reference, reference);
    EXPECT_EQ(capture("b", 1575), captured);
    EXPECT_EQ(find()->captured, Dinars{1575});
    EXPECT_TRUE(refund("c", 1000));
    EXPECT_FALSE(refund("d", 576));
    EXPECT_TRUE(refund("e", 575));
    EXPECT_EQ(found(), captured);
    EXPECT_EQ(charge(), (Charge{ChargeStatus::refunded, {1575}, {1575}, {1575}}));
}

TEST_F(SandboxTest, OpeningMovesNoMoney) {
    EXPECT_EQ(open("a"), started);
    EXPECT_EQ(open("a"), started);
    EXPECT_EQ(charge(), (Charge{ChargeStatus::started, {1575}, {0}, {0}}));
    EXPECT_EQ(release("b"), expired);
    EXPECT_EQ(ask("c"), expired);
    EXPECT_EQ(open("d"), started);  // the next attempt
}

TEST_F(SandboxTest, CapturesAPartOnceAndReleasesTheRest) {
    hold("a");
    EXPECT_EQ(capture("b", 825), captured);
    capture("c", 750);
    EXPECT_EQ(find()->captured, Dinars{825});
    EXPECT_FALSE(refund("d", 826));
    EXPECT_EQ(charge(), (Charge{ChargeStatus::captured, {1575}, {825}, {0}}));
}

TEST_F(SandboxTest, ReleasesHeldMoney) {
    hold("a");
    EXPECT_EQ(release("b"), expired);
    EXPECT_EQ(found(), expired);
    EXPECT_EQ(capture("c", 1), expired);
    EXPECT_EQ(release("d"), expired);
    EXPECT_EQ(charge().status, ChargeStatus::released);
}

TEST_F(SandboxTest, CapturedMoneyIsNotReleased) {
    hold("a");
    capture("b", 1575);
    EXPECT_EQ(release("c"), captured);
    EXPECT_EQ(charge().captured, Dinars{1575});
}

TEST_F(SandboxTest, TheSameKeyMovesNothingTwice) {
    EXPECT_EQ(hold("a"), held);
    EXPECT_EQ(hold("a"), held);
    EXPECT_EQ(capture("b", 1000), captured);
    EXPECT_EQ(capture("b", 1000), captured);
    EXPECT_TRUE(refund("c", 400));
    EXPECT_TRUE(refund("c", 400));
    EXPECT_EQ(charge(), (Charge{ChargeStatus::refunded, {1575}, {1000}, {400}}));
}

TEST_F(SandboxTest, RemembersWhichRefundsWereAccepted) {
    hold("a");
    capture("b", 1000);
    EXPECT_FALSE(has_refunded("c"));
    EXPECT_TRUE(refund("c", 400));
    EXPECT_FALSE(refund("d", 601));
    EXPECT_TRUE(has_refunded("c"));
    EXPECT_FALSE(has_refunded("d"));
    EXPECT_FALSE(has_refunded("b")) << "the key of a capture";
}

TEST_F(SandboxTest, AKeyMeansOneOperation) {
    hold("a");
    EXPECT_THROW(open("a", 1576), std::logic_error);
    EXPECT_THROW(capture("a", 1575), std::logic_error);
    EXPECT_THROW(run(provider().hold("a" + reference, {.payment = "another"})), std::logic_error);
}

TEST_F(SandboxTest, RefusesUnknownOrMissingMoney) {
    EXPECT_EQ(capture("a", 1), unknown);
    EXPECT_EQ(release("b"), unknown);
    EXPECT_FALSE(refund("c", 1));
    EXPECT_EQ(found(), std::nullopt);
    hold("d");
    EXPECT_EQ(open("e"), held);
    EXPECT_EQ(ask("e"), held);
    EXPECT_EQ(capture("f", 1576), held);
    EXPECT_EQ(capture("g", 0), held);
    EXPECT_EQ(capture("h", -5), held);
    EXPECT_FALSE(refund("i", 1));
    EXPECT_EQ(charge(), (Charge{ChargeStatus::held, {1575}, {0}, {0}}));
}

TEST_F(SandboxTest, MoneyThatMustNotLapseIsTakenAtOnce) {
    AttemptOrder at_once = order();
    at_once.take_at_once = true;
    EXPECT_EQ(open("a", at_once), started);
    EXPECT_EQ(ask("a"), captured);
    EXPECT_EQ(find()->captured, Dinars{1575});
    EXPECT_TRUE(refund("b", 1575));
}

TEST_F(SandboxTest, ADeclinedHoldCanBeRetriedWithANewKey) {
    script(Operation::hold, FaultOutcome::declined);
    EXPECT_EQ(hold("a"), declined);
    EXPECT_EQ(found(), declined);
    EXPECT_EQ(hold("a"), declined);
    EXPECT_EQ(hold("b"), held);
    EXPECT_EQ(found(), held);
}

TEST_F(SandboxTest, TheNextAttemptIsUnknownUntilItIsOpened) {
    script(Operation::hold, FaultOutcome::declined);
    hold("a");
    const AttemptName second{.payment = reference, .number = 2};
    EXPECT_FALSE(run(provider().find(second)).has_value());
    AttemptOrder next = order();
    next.name = second;
    EXPECT_EQ(open("b", next), started);
    EXPECT_EQ(run(provider().find(second))->state, started);
}

TEST_F(SandboxTest, AnOpeningMayBeDeclinedOrGetNoAnswer) {
    script(Operation::open, FaultOutcome::declined);
    script(Operation::open, FaultOutcome::lost_answer);
    EXPECT_EQ(open("a"), declined);
    EXPECT_TRUE(answers_nothing([&] { open("b"); }));
    EXPECT_EQ(found(), started);
}

TEST_F(SandboxTest, UnavailableBeforeMeansThatNothingHappened) {
    open("a");
    script(Operation::hold, FaultOutcome::unavailable_before, 2);
    EXPECT_TRUE(answers_nothing([&] { ask("a"); }));
    EXPECT_EQ(found(), started);
    EXPECT_TRUE(answers_nothing([&] { ask("a"); }));
    EXPECT_EQ(ask("a"), held);
}

TEST_F(SandboxTest, ALostAnswerMeansThatItHappened) {
    hold("a");
    script(Operation::capture, FaultOutcome::lost_answer, 2);
    EXPECT_TRUE(answers_nothing([&] { capture("b", 1575); }));
    EXPECT_EQ(charge().status, ChargeStatus::captured);
    EXPECT_TRUE(answers_nothing([&] { capture("b", 1575); }));
    EXPECT_EQ(capture("b", 1575), captured);
}

TEST_F(SandboxTest, ADeclineNeverChangesAKnownAnswer) {
    hold("a");
    script(Operation::hold, FaultOutcome::declined);
    EXPECT_EQ(hold("a"), held);
    EXPECT_EQ(run(provider().faults()).size(), 1U);
}

TEST_F(SandboxTest, FaultsAreConsumedInOrderPerOperation) {
    open("a");
    script(Operation::capture, FaultOutcome::declined);
    script(Operation::hold, FaultOutcome::unavailable_before);
    script(Operation::hold, FaultOutcome::declined, 2);
    EXPECT_TRUE(answers_nothing([&] { ask("a"); }));
    EXPECT_EQ(ask("b"), declined);
    EXPECT_EQ(run(provider().faults()).size(), 2U);
    EXPECT_EQ(ask("c"), declined);
    EXPECT_EQ(ask("d"), held);
    EXPECT_EQ(capture("e", 1575), held);
    EXPECT_EQ(capture("f", 1575), captured);
    EXPECT_TRUE(run(provider().faults()).empty());
}

TEST_F(SandboxTest, ACustomerPaysWhereTheyAreSent) {
    script(Operation::hold, FaultOutcome::needs_action);
    EXPECT_FALSE(run(provider().act(reference, CustomerAct::pay)));
    EXPECT_EQ(hold("a"), needs_action);
    EXPECT_EQ(find()->action->url, "http://127.0.0.1:3000/dev/sandbox/checkouts/" + reference);
    EXPECT_EQ(ask("a"), needs_action) << "asking again changes nothing";
    EXPECT_TRUE(run(provider().act(reference, CustomerAct::pay)));
    EXPECT_EQ(found(), held);
    EXPECT_FALSE(run(provider().act(reference, CustomerAct::refuse)));
}

TEST_F(SandboxTest, ACustomerRefusesOrWaitsTooLong) {
    script(Operation::hold, FaultOutcome::needs_action, 2);
    hold("a");
    EXPECT_TRUE(run(provider().act(reference, CustomerAct::refuse)));
    EXPECT_EQ(found(), declined);
    AttemptOrder again = order();
    again.pay_until = clock.now() + std::chrono::minutes{30};
    open("b", again);
    EXPECT_EQ(ask("b"), needs_action);
    EXPECT_EQ(find()->action->until, again.pay_until);
    clock.advance(std::chrono::minutes{30});
    EXPECT_EQ(found(), expired);
    EXPECT_FALSE(run(provider().act(reference, CustomerAct::pay)));
}

TEST_F(SandboxTest, AnAttemptThatIsGivenUpCannotBePaid) {
    script(Operation::hold, FaultOutcome::needs_action);
    hold("a");
    EXPECT_EQ(release("b"), expired);
    EXPECT_FALSE(run(provider().act(reference, CustomerAct::pay)));
}

Task<void> capture_at_once(SandboxProvider& provider, AttemptName name, std::string other) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await (provider.capture("capture " + name.payment, name, {700}) &&
              provider.capture(other + name.payment, name, {700}));
}

TEST_F(SandboxTest, ConcurrentCapturesTakeTheMoneyOnce) {
    for (const char* other : {"capture ", "other "}) {
        const AttemptName each{.payment = reference + other};
        run(provider().open("open " + each.payment, {.name = each, .method = "sandbox", .amount = {1575}}));
        run(provider().hold("hold " + each.payment, each));
        run(capture_at_once(provider(), each, other));
        EXPECT_EQ(run(provider().find_charge(each.payment)), (Charge{ChargeStatus::captured, {1575}, {700}, {0}}));
    }
}

}  // namespace
}  // namespace safargo::sandbox
