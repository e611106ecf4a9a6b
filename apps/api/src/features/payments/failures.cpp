#include "features/payments/failures.hpp"

#include "core/logging.hpp"
#include "core/metrics.hpp"

namespace safargo::payments {
namespace {

std::string_view reason_of(Failure failure) {
    switch (failure) {
        case Failure::declined:
            return "declined";
        case Failure::capture_refused:
            return "capture_refused";
        case Failure::refund_refused:
            return "refund_refused";
        case Failure::release_refused:
            return "release_refused";
    }
    return "unknown";
}

metrics::Counter failed(Failure failure) {
    return metrics::counter("safargo_payments_failed_total", "Payments that failed, by reason.",
                            {{"reason", std::string(reason_of(failure))}});
}

metrics::Counter answered() {
    return metrics::counter("safargo_payments_total", "Online payments that were held or declined.");
}

}  // namespace

void report(Failure failure, const Payment& payment, bool again) {
    const std::string_view reason = reason_of(failure);
    if (!again) failed(failure).add();
    const std::string id = payment.id.str();
    // A declined card is routine; the others need an operator.
    if (failure == Failure::declined) {
        log::info("payment_failed", {{"reason", reason}, {"payment_id", id}});
    } else {
        log::error("payment_failed", {{"reason", reason}, {"payment_id", id}});
    }
}

void count_answered() {
    answered().add();
}

void register_payment_metrics() {
    using enum Failure;
    for (const Failure failure : {declined, capture_refused, refund_refused, release_refused}) failed(failure);
    answered();
}

}  // namespace safargo::payments
