// Refunds after the capture: the books, the row of the decision and the task for the provider.
#pragma once

#include "features/ledger/types.hpp"
#include "features/payments/repository.hpp"

#include <string>

namespace safargo::payments {

// What driver and platform still have from a captured payment and could give back; zero for any other payment, and for
// cash.
Task<ledger::Parts> refundable(db::Transaction& tx, Payment payment);

// Refunds `amount` out of `left`, driver and platform in proportion; the caller has checked both. `payment` is locked,
// and is updated.
Task<void> give_back(db::Transaction& tx, Payment& payment, ledger::Parts left, Decision decision, Instant now);

}  // namespace safargo::payments
