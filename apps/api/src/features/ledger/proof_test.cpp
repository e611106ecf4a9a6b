#include "features/ledger/money_rows_test.hpp"
#include "features/ledger/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::ledger {
namespace {

using test::start;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::run;

Task<void> post_alone(db::Database& database, Posting posting) {
    db::Transaction tx = co_await database.begin();
    co_await post(tx, std::move(posting), start);
    co_await tx.commit();
}

class ProofTest : public ::testing::Test {
protected:
    test::MoneyRows rows;
    UserId driver = rows.add_user();
    PaymentId payment = PaymentId::make(start);

    void add_payment(const std::string& status, const std::string& method = "sandbox", int captured = 0,
                     int refunded = 0) {
        const std::string amounts = method == "cash" ? "1500, 0, 1500" : "1500, 75, 1575";
        rows.database().execute(
            "insert into payments (id, booking_id, passenger_id, driver_id, method, status, price, service_fee, amount,"
            " captured, refunded, created_at) values ('" +
            payment.str() + "', gen_random_uuid(), '" + driver.str() + "', '" + driver.str() + "', '" + method +
            "', '" + status + "', " + amounts + ", " + std::to_string(captured) + ", " + std::to_string(refunded) +
            ", '2026-12-03')");
    }
    void add(Kind kind, Parts parts, std::string key) {
        run(post_alone(
            rows.db(),
            {.kind = kind, .event_key = std::move(key), .payment = payment, .driver = driver, .parts = parts}));
    }
    void hold() { add(Kind::hold, {{1500}, {75}, {0}}, "hold"); }
    void capture() { add(Kind::capture, {{1500}, {75}, {0}}, "capture"); }
    std::vector<std::string> discrepancies() { return run(prove(rows.db())); }
};

TEST_F(ProofTest, EmptyBooksAreProven) {
    EXPECT_THAT(discrepancies(), IsEmpty());
}

TEST_F(ProofTest, EveryStateWithItsPostingsIsProven) {
    add_payment("hold");
    hold();
    EXPECT_THAT(discrepancies(), IsEmpty());
    rows.database().execute("update payments set status = 'captured', captured = 1575");
    capture();
    EXPECT_THAT(discrepancies(), IsEmpty());
    rows.database().execute("update payments set status = 'refunded', refunded = 420");
    add(Kind::refund, {{400}, {20}, {0}}, "refund");
    add(Kind::provider_fee, {{0}, {31}, {0}}, "provider fee");
    run(post_alone(rows.db(),
                   {.kind = Kind::payout, .event_key = "payout", .driver = driver, .parts = {{700}, {}, {}}}));
    EXPECT_THAT(discrepancies(), IsEmpty());
}

TEST_F(ProofTest, FindsAPaymentWithoutItsPostings) {
    add_payment("hold");
    EXPECT_THAT(discrepancies(),
                AllOf(Contains(HasSubstr("escrow is 0, held payments are 1575")), Contains(HasSubstr("has escrow 0")),
                      Contains(HasSubstr("is hold with postings {}"))));
}

TEST_F(ProofTest, FindsACaptureThatIsOnlyInThePayment) {
    add_payment("captured", "sandbox", 1575);
    hold();
    EXPECT_THAT(discrepancies(), AllOf(Contains(HasSubstr("escrow is 1575, held payments are 0")),
                                       Contains(HasSubstr("shares are 0, captured payments are 1575")),
                                       Contains(HasSubstr("is captured with postings {hold}"))));
}

TEST_F(ProofTest, FindsACaptureThatIsOnlyInTheLedger) {
    add_payment("hold");
    hold();
    capture();
    EXPECT_THAT(discrepancies(), AllOf(Contains(HasSubstr("escrow is 0, held payments are 1575")),
                                       Contains(HasSubstr("shares are 1575, captured payments are 0"))));
}

TEST_F(ProofTest, FindsSharesThatDifferFromTheBooking) {
    add_payment("captured", "sandbox", 1575);
    hold();
    add(Kind::capture, {{1575}, {0}, {0}}, "capture");
    EXPECT_THAT(discrepancies(), ElementsAre(HasSubstr("driver 1575, platform 0")));
}

TEST_F(ProofTest, FindsARefundOfAnotherAmount) {
    add_payment("refunded", "sandbox", 1575, 420);
    hold();
    capture();
    add(Kind::refund, {{400}, {21}, {0}}, "refund");
    EXPECT_THAT(discrepancies(), AllOf(Contains(HasSubstr("shares are 1154, captured payments are 1155")),
                                       Contains(HasSubstr("provider_clearing 1154"))));
}

TEST_F(ProofTest, FindsMoneyOfACancelledPayment) {
    add_payment("cancelled");
    hold();
    EXPECT_THAT(discrepancies(), Contains(HasSubstr("(cancelled, 1575, refunded 0) has escrow 1575")));
}

TEST_F(ProofTest, FindsCashThatIsNotInTheBooks) {
    add_payment("captured", "cash", 1500);
    EXPECT_THAT(discrepancies(), Contains(HasSubstr("is captured with postings {}")));
    add(Kind::cash, {{1500}, {0}, {0}}, "cash");
    EXPECT_THAT(discrepancies(), IsEmpty());
}

TEST_F(ProofTest, FindsEntriesThatWereForged) {
    rows.database().execute(
        "alter table ledger_entries disable trigger all;"
        "with posted as (insert into ledger_transactions (id, kind, event_key, created_at)"
        " values (gen_random_uuid(), 'hold', 'forged', '2026-12-03') returning id)"
        " insert into ledger_entries (transaction_id, account, amount) select id, 'provider_clearing', 7 from posted");
    EXPECT_THAT(discrepancies(), AllOf(Contains(HasSubstr("sums to 7")), Contains(HasSubstr("all entries sum to 7"))));
}

}  // namespace
}  // namespace safargo::ledger
