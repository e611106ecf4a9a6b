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

}  // namespace

void report(Failure failure, const Payment& payment) {
    const std::string_view reason = reason_of(failure);
    metrics::counter("safargo_payments_failed_total", "Payments that failed, by reason.",
                     {{"reason", std::string(reason)}})
        .add();
    const std::string id = payment.id.str();
    // A declined card is everyday life; the others need somebody to look.
    if (failure == Failure::declined) {
        log::info("payment_failed", {{"reason", reason}, {"payment_id", id}});
    } else {
        log::error("payment_failed", {{"reason", reason}, {"payment_id", id}});
    }
}

}  // namespace safargo::payments
