#include "features/ledger/nightly_proof.hpp"

#include "core/metrics.hpp"
#include "features/ledger/money_rows_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::ledger {
namespace {

using test::start;
using ::testing::HasSubstr;
using testing::run;

class NightlyProofTest : public ::testing::Test {
protected:
    NightlyProofTest() { register_proof_metrics(); }

    Proof prove() { return run(prove_by_night(rows.db(), start)); }
    void break_the_books() {
        const UserId driver = rows.add_user();
        rows.database().execute(
            "insert into payments (id, booking_id, passenger_id, driver_id, method, status, price, service_fee, amount,"
            " created_at) values (gen_random_uuid(), gen_random_uuid(), '" +
            driver.str() + "', '" + driver.str() + "', 'sandbox', 'hold', 1500, 75, 1575, '2026-12-03')");
    }

    test::MoneyRows rows;
};

TEST_F(NightlyProofTest, ReportsThatTheBooksAreProvenAndWhen) {
    EXPECT_EQ(prove(), Proof::proven);
    EXPECT_THAT(metrics::render(), HasSubstr("safargo_ledger_discrepancies 0\n"));
    EXPECT_THAT(metrics::render(), HasSubstr("safargo_ledger_proven_timestamp_seconds 1796281200\n"));
    EXPECT_THAT(metrics::render(), HasSubstr("safargo_ledger_proofs_total{outcome=\"proven\"}"));
}

TEST_F(NightlyProofTest, ReportsTheNumberOfDiscrepancies) {
    break_the_books();
    EXPECT_EQ(prove(), Proof::discrepancies);
    EXPECT_THAT(metrics::render(), HasSubstr("safargo_ledger_discrepancies 3\n"));
}

TEST_F(NightlyProofTest, AFailedProofIsNotAProof) {
    EXPECT_EQ(prove(), Proof::proven);
    rows.database().execute("alter table ledger_entries rename to elsewhere");
    EXPECT_EQ(prove(), Proof::failed);
    EXPECT_THAT(metrics::render(), HasSubstr("safargo_ledger_discrepancies -1\n"));
    EXPECT_THAT(metrics::render(), HasSubstr("safargo_ledger_proofs_total{outcome=\"failed\"} 1\n"));
}

TEST_F(NightlyProofTest, IsRunByOneReplicaAtATime) {
    static constexpr db::Statement turn{"test_turn", "select pg_advisory_xact_lock(5128390477201634511)"};
    db::Transaction other_replica = run(rows.db().begin());
    run(other_replica.query(turn));
    EXPECT_EQ(prove(), Proof::elsewhere);
    run(other_replica.rollback());
    EXPECT_EQ(prove(), Proof::proven);
}

}  // namespace
}  // namespace safargo::ledger
