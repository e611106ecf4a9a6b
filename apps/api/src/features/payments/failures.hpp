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

void report(Failure failure, const Payment& payment);

}  // namespace safargo::payments
