// Webhooks: forged, repeated, early, late and about something else.
#include "features/payments/notices.hpp"

#include "features/payments/payments_world_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::payments {
namespace {

using ::testing::Contains;
using ::testing::Not;
using enum PaymentStatus;
using sandbox::FaultOutcome;
using sandbox::Operation;
using std::chrono::days;
using std::chrono::seconds;
using test::run;

constexpr db::Statement count_notices{"test_notices", "select count(*) from payment_notices"};
constexpr db::Statement newest_notice{"test_newest_notice", R"(
    select body, payment_id from payment_notices order by received_at desc limit 1)"};

// The signature is a word, and the body "event payment".
class SpokenNotices final : public PaymentNotices {
public:
    std::optional<PaymentNotice> read(std::string_view signature, std::string_view body) const override {
        if (signature != "signed") return std::nullopt;
        const std::size_t space = body.find(' ');
        return PaymentNotice{.event = std::string(body.substr(0, space)),
                             .kind = "payment_intent.amount_capturable_updated",
                             .payment = std::string(body.substr(space + 1))};
    }
};

class NoticesTest : public test::TasksWorld {
protected:
    Result<NoticeTaken> take(const std::string& body, const std::string& signature = "signed") {
        return take_by(notices_, body, signature);
    }
    Result<NoticeTaken> take_by(Notices& notices, const std::string& body, const std::string& signature) {
        return run(
            db().transact<NoticeTaken>([&](db::Transaction& tx) { return notices.take_stripe(tx, signature, body); }));
    }
    std::int64_t stored() { return run(db().query(count_notices))[0].get<std::int64_t>(0); }
    Charge book_paid_on_the_page() {
        const Charge charge = book();
        script(Operation::hold, FaultOutcome::needs_action);
        run(service.hold_now(charge.booking));
        EXPECT_TRUE(act(charge));
        return charge;
    }
    std::string about(const Charge& charge, const std::string& event = "evt_1") {
        return event + ' ' + payment(charge).id.str();
    }

private:
    SpokenNotices spoken_;
    Notices notices_{clock, &spoken_};
};

TEST_F(NoticesTest, ANoticeIsAReasonToLook) {
    const Charge charge = book_paid_on_the_page();
    EXPECT_TRUE(take(about(charge)));
    EXPECT_EQ(status(charge), intent) << "answered before it is applied";
    work_off();
    EXPECT_EQ(status(charge), hold);
    EXPECT_EQ(booking_status(charge), "confirmed");
    const db::Rows newest = run(db().query(newest_notice));
    EXPECT_EQ(newest[0].get<std::string>(0), about(charge));
    EXPECT_EQ(newest[0].get<std::optional<PaymentId>>(1), payment(charge).id);
    expect_sound();
}

TEST_F(NoticesTest, AForgedNoticeIsStoredNowhere) {
    const Charge charge = book_paid_on_the_page();
    const auto refused = take(about(charge), "forged");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::malformed_request);
    EXPECT_EQ(stored(), 0);
    EXPECT_THAT(queued_kinds(charge), Not(Contains("payment.look")));
}

TEST_F(NoticesTest, ARepeatedNoticeHasNoEffect) {
    const Charge charge = book_paid_on_the_page();
    for (int times = 0; times < 3; ++times) EXPECT_TRUE(take(about(charge)));
    EXPECT_EQ(stored(), 1);
    EXPECT_EQ(std::ranges::count(queued_kinds(charge), "payment.look"), 1);
    work_off();
    EXPECT_TRUE(take(about(charge)));
    EXPECT_THAT(queued_kinds(charge), Not(Contains("payment.look")));
    EXPECT_TRUE(take(about(charge, "evt_2"))) << "another event of the same";
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(balance(ledger::Account::escrow), Dinars{1575});
    expect_sound();
}

TEST_F(NoticesTest, ANoticeAboutSomethingElseIsTakenWithoutEffect) {
    const Charge charge = book();
    const std::string stranger = PaymentId::make(test::start).str();
    for (const std::string& what : {std::string(), std::string("not-an-id"), stranger}) {
        EXPECT_TRUE(take("evt_" + std::to_string(stored()) + ' ' + what)) << what;
    }
    EXPECT_EQ(stored(), 3);
    EXPECT_THAT(queued_kinds(charge), Not(Contains("payment.look")));
}

TEST_F(NoticesTest, ANoticeBeforeThePassengerPaidAddsNoLooksOfItsOwn) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::needs_action);
    run(service.hold_now(charge.booking));
    take(about(charge));
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(status(charge), intent);
    EXPECT_EQ(queued_kinds(charge), std::vector<std::string>{"payment.hold"});
}

// It overtakes the answer to the call that it is about.
TEST_F(NoticesTest, ANoticeMayComeBeforeTheAnswer) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::lost_answer);
    EXPECT_THROW(run(service.hold_now(charge.booking)), std::exception);
    take(about(charge));
    work_off();
    EXPECT_EQ(status(charge), hold);
    run(service.hold_now(charge.booking));
    EXPECT_EQ(balance(ledger::Account::escrow), Dinars{1575});
    expect_sound();
}

TEST_F(NoticesTest, ALateNoticeOfMoneyForACancelledBookingGivesItBack) {
    const Charge charge = book_paid_on_the_page();
    end(charge, "cancelled");
    take(about(charge));
    work_off();
    work_off();
    EXPECT_EQ(status(charge), cancelled);
    EXPECT_EQ(at_provider(charge)->status, sandbox::ChargeStatus::released);
    work_off_all();
    expect_sound();
}

TEST_F(NoticesTest, ANoticeAboutSettledMoneyChangesNothing) {
    const Charge charge = book_captured();
    take(about(charge));
    EXPECT_EQ(work_off(), 0);
    expect_payment(charge, captured, 1575, 0);
    expect_sound();
}

TEST_F(NoticesTest, WithoutConfigurationNothingIsTaken) {
    Notices none(clock, nullptr);
    EXPECT_EQ(take_by(none, "evt_1 x", "signed").error().code, Code::feature_unavailable);
    EXPECT_EQ(stored(), 0);
}

Task<std::int64_t> prune(db::Database& database, const platform::PruningRule& rule, Instant now) {
    const db::Rows pruned = co_await database.query(rule.statement, now - rule.kept, std::int64_t{100});
    co_return pruned.affected();
}

TEST_F(NoticesTest, AreForgottenAfterAMonth) {
    take("evt_1 x");
    EXPECT_EQ(run(prune(db(), pruning_rules().at(0), clock.now() + days{30})), 0);
    EXPECT_EQ(run(prune(db(), pruning_rules().at(0), clock.now() + days{30} + seconds{1})), 1);
    EXPECT_EQ(stored(), 0);
}

}  // namespace
}  // namespace safargo::payments
