#include "adapters/sandbox/sandbox_provider.hpp"

#include "core/clock.hpp"
#include "core/failures.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <memory>

namespace safargo::sandbox {
namespace {

using Outcome = PaymentProvider::Outcome;
using testing::run;

constexpr Outcome done = Outcome::done;
constexpr Outcome declined = Outcome::declined;

// The contract of every PaymentProvider, tested on the sandbox, and its scripted failures.
class SandboxTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { database = std::make_unique<testing::TestDatabase>(); }
    static void TearDownTestSuite() { database.reset(); }
    void TearDown() override { run(provider().clear_faults()); }

    SandboxProvider& provider() { return provider_; }
    Outcome hold(const std::string& key, std::int64_t amount = 1575) {
        return run(provider_.hold(key + reference, reference, {amount}));
    }
    Outcome capture(const std::string& key, std::int64_t amount) {
        return run(provider_.capture(key + reference, reference, {amount}));
    }
    Outcome release(const std::string& key) { return run(provider_.release(key + reference, reference)); }
    Outcome refund(const std::string& key, std::int64_t amount) {
        return run(provider_.refund(key + reference, reference, {amount}));
    }
    std::optional<Outcome> held() { return run(provider_.find_hold(reference)); }
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

private:
    static inline std::unique_ptr<testing::TestDatabase> database;
    SandboxProvider provider_{database->db()};
};

TEST_F(SandboxTest, HoldsCapturesAndRefunds) {
    EXPECT_EQ(held(), std::nullopt);
    EXPECT_EQ(hold("a"), done);
    EXPECT_EQ(held(), done);
    EXPECT_EQ(capture("b", 1575), done);
    EXPECT_EQ(held(), declined);
    EXPECT_EQ(refund("c", 1000), done);
    EXPECT_EQ(refund("d", 576), declined);
    EXPECT_EQ(refund("e", 575), done);
    EXPECT_EQ(charge(), (Charge{ChargeStatus::refunded, {1575}, {1575}, {1575}}));
}

TEST_F(SandboxTest, CapturesAPartOnceAndReleasesTheRest) {
    hold("a");
    EXPECT_EQ(capture("b", 825), done);
    EXPECT_EQ(capture("c", 750), declined);
    EXPECT_EQ(refund("d", 826), declined);
    EXPECT_EQ(charge(), (Charge{ChargeStatus::captured, {1575}, {825}, {0}}));
}

TEST_F(SandboxTest, ReleasesHeldMoney) {
    hold("a");
    EXPECT_EQ(release("b"), done);
    EXPECT_EQ(held(), declined);
    EXPECT_EQ(capture("c", 1), declined);
    EXPECT_EQ(release("d"), declined);
    EXPECT_EQ(charge().status, ChargeStatus::released);
}

TEST_F(SandboxTest, TheSameKeyRepeatsTheAnswerAndMovesNothingTwice) {
    EXPECT_EQ(hold("a"), done);
    EXPECT_EQ(hold("a"), done);
    EXPECT_EQ(capture("b", 1000), done);
    EXPECT_EQ(capture("b", 1000), done);
    EXPECT_EQ(refund("c", 400), done);
    EXPECT_EQ(refund("c", 400), done);
    EXPECT_EQ(charge(), (Charge{ChargeStatus::refunded, {1575}, {1000}, {400}}));
    EXPECT_EQ(hold("a"), done);  // the recorded answer, not the current state
}

TEST_F(SandboxTest, AKeyMeansOneOperation) {
    hold("a");
    EXPECT_THROW(hold("a", 1576), std::logic_error);
    EXPECT_THROW(capture("a", 1575), std::logic_error);
    EXPECT_THROW(run(provider().hold("a" + reference, "another", {1575})), std::logic_error);
}

TEST_F(SandboxTest, DeclinesUnknownOrMissingMoney) {
    EXPECT_EQ(capture("a", 1), declined);
    EXPECT_EQ(release("b"), declined);
    EXPECT_EQ(refund("c", 1), declined);
    EXPECT_EQ(held(), std::nullopt);
    hold("d");
    EXPECT_EQ(hold("e"), declined);
    EXPECT_EQ(capture("f", 1576), declined);
    EXPECT_EQ(capture("g", 0), declined);
    EXPECT_EQ(capture("h", -5), declined);
    EXPECT_EQ(refund("i", 1), declined);
    EXPECT_EQ(held(), done);
}

TEST_F(SandboxTest, ADeclinedHoldCanBeRetriedWithANewKey) {
    script(Operation::hold, FaultOutcome::declined);
    EXPECT_EQ(hold("a"), declined);
    EXPECT_EQ(held(), declined);
    EXPECT_EQ(hold("a"), declined);
    EXPECT_EQ(hold("b"), done);
    EXPECT_EQ(held(), done);
}

TEST_F(SandboxTest, UnavailableBeforeMeansThatNothingHappened) {
    script(Operation::hold, FaultOutcome::unavailable_before, 2);
    EXPECT_TRUE(answers_nothing([&] { hold("a"); }));
    EXPECT_EQ(held(), std::nullopt);
    EXPECT_TRUE(answers_nothing([&] { hold("a"); }));
    EXPECT_EQ(hold("a"), done);
}

TEST_F(SandboxTest, ALostAnswerMeansThatItHappened) {
    hold("a");
    script(Operation::capture, FaultOutcome::lost_answer, 2);
    EXPECT_TRUE(answers_nothing([&] { capture("b", 1575); }));
    EXPECT_EQ(charge().status, ChargeStatus::captured);
    EXPECT_TRUE(answers_nothing([&] { capture("b", 1575); }));
    EXPECT_EQ(capture("b", 1575), done);
}

TEST_F(SandboxTest, ADeclineNeverChangesAKnownAnswer) {
    hold("a");
    script(Operation::hold, FaultOutcome::declined);
    EXPECT_EQ(hold("a"), done);
    EXPECT_EQ(run(provider().faults()).size(), 1U);
}

TEST_F(SandboxTest, FaultsAreConsumedInOrderPerOperation) {
    script(Operation::capture, FaultOutcome::declined);
    script(Operation::hold, FaultOutcome::unavailable_before);
    script(Operation::hold, FaultOutcome::declined, 2);
    EXPECT_TRUE(answers_nothing([&] { hold("a"); }));
    EXPECT_EQ(hold("b"), declined);
    EXPECT_EQ(run(provider().faults()).size(), 2U);
    EXPECT_EQ(hold("c"), declined);
    EXPECT_EQ(hold("d"), done);
    EXPECT_EQ(capture("e", 1575), declined);
    EXPECT_EQ(capture("f", 1575), done);
    EXPECT_TRUE(run(provider().faults()).empty());
}

Task<std::pair<Outcome, Outcome>> capture_at_once(SandboxProvider& provider, std::string reference, std::string other) {
    using namespace boost::asio::experimental::awaitable_operators;
    const auto [a, b] = co_await (provider.capture("capture " + reference, reference, {700}) &&
                                  provider.capture(other + reference, reference, {700}));
    co_return std::pair{a, b};
}

TEST_F(SandboxTest, ConcurrentlyTheSameKeyIsOneCaptureAndAnotherKeyIsDeclined) {
    hold("a");
    EXPECT_EQ(run(capture_at_once(provider(), reference, "capture ")), (std::pair{done, done}));
    const std::string second = reference + "2";
    run(provider().hold("hold " + second, second, {1575}));
    const auto [a, b] = run(capture_at_once(provider(), second, "other "));
    EXPECT_NE(a, b);
}

}  // namespace
}  // namespace safargo::sandbox
