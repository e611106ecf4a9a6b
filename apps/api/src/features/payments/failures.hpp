// Payments that failed: counted (safargo_payments_failed_total, by reason) and logged, without personal data.
#pragma once

#include "features/payments/repository.hpp"

namespace safargo::payments {

enum class Failure {
    declined,         // the hold was refused
    capture_refused,  // held, but the provider would not collect it
    refund_refused,   // owed to the passenger, but the provider would not send it
    release_refused,
};

// `again`: it was counted before and is only logged, so that each payment counts once.
void report(Failure failure, const Payment& payment, bool again = false);

// safargo_payments_total: holds that a provider accepted or declined. The guide's alarm "payments.failed above 5 %" is
// the increase of safargo_payments_failed_total by that of this.
void count_answered();

// Registers all of them before the first payment.
void register_payment_metrics();

}  // namespace safargo::payments
