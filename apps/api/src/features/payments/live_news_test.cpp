// What moves money without a change of the booking is told to both people's open pages.
#include "features/live/live_events_test.hpp"
#include "features/payments/payments_world_test.hpp"

namespace safargo::payments {
namespace {

using live::test::live_events_of;
using sandbox::FaultOutcome;
using sandbox::Operation;
using Lines = std::vector<std::string>;

class LiveNews : public ::testing::Test, protected test::PaymentsWorld {
protected:
    void expect_told(const Charge& charge, const Lines& lines) {
        EXPECT_EQ(live_events_of(db(), passenger, charge.booking.value), lines);
        EXPECT_EQ(live_events_of(db(), driver, charge.booking.value), lines);
    }
};

TEST_F(LiveNews, OfACapture) {
    expect_told(book_captured(), {"booking payment_captured"});
    expect_told(book_held(), {});
}

TEST_F(LiveNews, OfACaptureThatTheProviderRefuses) {
    const Charge charge = book_completed();
    script(Operation::capture, FaultOutcome::declined);
    work_off_all();
    expect_told(charge, {"booking payment_failed"});
}

TEST_F(LiveNews, OfARefundByAnAdmin) {
    const Charge charge = book_captured();
    const Caller admin{.id = rows.add_user(), .session = {}, .role = Role::admin};
    testing::run(db().transact<PaymentView>([&](db::Transaction& tx) {
        return actions.refund(tx, admin, charge.booking, {.amount = {}, .reason = Text<300>::parse("snow").value()});
    }));
    expect_told(charge, {"booking payment_captured", "booking payment_refunded"});
    EXPECT_EQ(live_events_of(db(), admin.id), Lines{});
}

}  // namespace
}  // namespace safargo::payments
