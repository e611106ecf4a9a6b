#include "features/payments/routes.hpp"

namespace safargo::payments {
namespace {

api::RawMedia stripe_event() {
    return {.type = "application/json",
            .schema = R"({"type":"object"})",
            .example = R"({"id":"evt_1QxYz","object":"event","type":"payment_intent.amount_capturable_updated",)"
                       R"("data":{"object":{"id":"pi_3QxYz","object":"payment_intent",)"
                       R"("metadata":{"payment":"01939f70-2f61-7d05-8e3f-1a2b3c4d5e6f","attempt":"1"}}}})",
            .most = 256UZ * 1024};
}

}  // namespace

void add_routes(api::Endpoints& endpoints, PaymentActions& actions) {
    endpoints.post("/payments/bookings/{id}/intent", "Show or reopen a booking's payment")
        .describes("By the passenger. A declined payment is opened again while the booking still awaits it.")
        .idempotent()
        .path<BookingId>("id")
        .returns<PaymentView>()
        .handle([&actions](db::Transaction& tx, const Caller& caller, const BookingId& booking) {
            return actions.intent(tx, caller, booking);
        });

    endpoints.post("/payments/bookings/{id}/confirm", "Hold a booking's payment")
        .describes(
            "By the passenger of a booking that awaits payment. The money is only held; it is captured after the trip. "
            "A payment that is held already is answered as it is, and one that is declined may be tried again until "
            "the booking expires.")
        .idempotent()
        .path<BookingId>("id")
        .returns<PaymentView>()
        .fails({Code::illegal_transition})
        .then([&actions](const Caller&, const PaymentView& confirmed) { return actions.try_hold(confirmed); })
        .handle([&actions](db::Transaction& tx, const Caller& caller, const BookingId& booking) {
            return actions.confirm(tx, caller, booking);
        });

    endpoints.post("/payments/bookings/{id}/capture", "Capture a held payment early")
        .describes(
            "Before the settlement delay is over. Refused while a dispute is open (dispute_open) or a no-show may "
            "still be contested (too_early).")
        .idempotent()
        .only(api::Access::admin)
        .path<BookingId>("id")
        .returns<PaymentView>()
        .fails({Code::illegal_transition, Code::too_early, Code::dispute_open})
        .then([&actions](const Caller&, const PaymentView& chosen) { return actions.capture_now(chosen); })
        .handle([&actions](db::Transaction& tx, const Caller& caller, const BookingId& booking) {
            return actions.capture(tx, caller, booking);
        });

    endpoints.post("/payments/bookings/{id}/refund", "Refund a captured payment")
        .describes(
            "In part, or all that is left when amount is absent. Money that is only held is returned by cancelling the "
            "booking; cash cannot be refunded here (illegal_transition).")
        .idempotent()
        .only(api::Access::admin)
        .path<BookingId>("id")
        .body<RefundPayment>()
        .returns<PaymentView>()
        .fails({Code::illegal_transition, Code::too_early, Code::dispute_open})
        .handle([&actions](db::Transaction& tx, const Caller& caller, const BookingId& booking,
                           const RefundPayment& wanted) { return actions.refund(tx, caller, booking, wanted); });
}

void add_webhook_routes(api::Endpoints& endpoints, Notices& notices) {
    endpoints.post("/payments/webhook/stripe", "Report what became of a payment at Stripe")
        .describes(
            "Called by Stripe, whose signature and its age are checked on the body as it came; anything else is "
            "refused "
            "with 400 and stored nowhere. What it says is looked up at Stripe afterwards. An event that came before "
            "has "
            "no effect.")
        .raw_body(stripe_event())
        .returns<NoticeTaken>()
        .fails({Code::malformed_request, Code::feature_unavailable})
        .handle([&notices](db::Transaction& tx, const http::Request& request) {
            return notices.take_stripe(tx, std::string(request.header("Stripe-Signature")), request.body);
        });
}

}  // namespace safargo::payments
