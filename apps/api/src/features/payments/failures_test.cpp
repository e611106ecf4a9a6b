#include "features/payments/failures.hpp"

#include "core/metrics.hpp"
#include "features/payments/payments_world_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::payments {
namespace {

using ::testing::HasSubstr;

// The value of a line of the metrics page; -1 when there is none.
double value_of(const std::string& series) {
    const std::string page = metrics::render(), start = '\n' + series + ' ';
    const std::size_t at = page.find(start);
    return at == std::string::npos ? -1 : std::stod(page.substr(at + start.size()));
}

const std::string declined = R"(safargo_payments_failed_total{reason="declined"})";

class PaymentMetricsTest : public ::testing::Test, protected test::PaymentsWorld {};

TEST_F(PaymentMetricsTest, ExistBeforeTheFirstPayment) {
    for (const char* reason : {"declined", "capture_refused", "refund_refused", "release_refused"}) {
        EXPECT_THAT(metrics::render(), HasSubstr(std::string("{reason=\"") + reason + "\"} "));
    }
    EXPECT_GE(value_of("safargo_payments_total"), 0);
}

TEST_F(PaymentMetricsTest, CountAnswersAndFailures) {
    const double all_before = value_of("safargo_payments_total"), failed_before = value_of(declined);
    const Charge good = book_held(), bad = book();
    record_hold(good);
    record_decline(bad);
    record_decline(bad);
    record_cash(book(Method::cash));
    EXPECT_EQ(value_of("safargo_payments_total") - all_before, 2);
    EXPECT_EQ(value_of(declined) - failed_before, 1);
}

TEST_F(PaymentMetricsTest, CountARefusalOnceHoweverOftenItIsRepeated) {
    const std::string series = R"(safargo_payments_failed_total{reason="refund_refused"})";
    const double before = value_of(series);
    const Payment refused = payment(book());
    report(Failure::refund_refused, refused);
    report(Failure::refund_refused, refused, true);
    EXPECT_EQ(value_of(series) - before, 1);
}

}  // namespace
}  // namespace safargo::payments
