#include "features/payments/routes.hpp"

namespace safargo::payments {

void add_routes(api::Endpoints& endpoints, PaymentActions& actions) {
    endpoints.post("/payments/bookings/{id}/intent", "Show the payment of a booking; open it again after a decline")
        .idempotent()
        .path<BookingId>("id")
        .returns<PaymentView>()
        .handle([&actions](db::Transaction& tx, const Caller& caller, const BookingId& booking) {
            return actions.intent(tx, caller, booking);
        });

    endpoints.post("/payments/bookings/{id}/confirm", "Hold the money of a booking now")
        .idempotent()
        .path<BookingId>("id")
        .returns<PaymentView>()
        .fails({Code::illegal_transition})
        .then([&actions](const Caller&, const PaymentView& confirmed) { return actions.try_hold(confirmed); })
        .handle([&actions](db::Transaction& tx, const Caller& caller, const BookingId& booking) {
            return actions.confirm(tx, caller, booking);
        });

    endpoints.post("/payments/bookings/{id}/capture", "Capture held money before its settlement delay is over")
        .idempotent()
        .only(api::Access::admin)
        .path<BookingId>("id")
        .returns<PaymentView>()
        .fails({Code::illegal_transition, Code::too_early, Code::dispute_open})
        .then([&actions](const Caller&, const PaymentView& chosen) { return actions.capture_now(chosen); })
        .handle([&actions](db::Transaction& tx, const Caller& caller, const BookingId& booking) {
            return actions.capture(tx, caller, booking);
        });

    endpoints.post("/payments/bookings/{id}/refund", "Give captured money back, in part or all that is left")
        .idempotent()
        .only(api::Access::admin)
        .path<BookingId>("id")
        .body<RefundPayment>()
        .returns<PaymentView>()
        .fails({Code::illegal_transition, Code::too_early, Code::dispute_open})
        .handle([&actions](db::Transaction& tx, const Caller& caller, const BookingId& booking,
                           const RefundPayment& wanted) { return actions.refund(tx, caller, booking, wanted); });
}

}  // namespace safargo::payments
