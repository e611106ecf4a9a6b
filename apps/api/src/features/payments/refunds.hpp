// Money that goes back after its capture: the books, the row of the decision and the task to the provider.
#pragma once

#include "features/ledger/types.hpp"
#include "features/payments/repository.hpp"

#include <string>

namespace safargo::payments {

// What driver and platform still have of a captured payment and could give back; nothing of any other, or of cash.
Task<ledger::Parts> refundable(db::Transaction& tx, Payment payment);

// `amount` of what is `left` goes back, driver and platform in proportion; the caller has checked both. `payment` is
// locked, and follows.
Task<void> give_back(db::Transaction& tx, Payment& payment, ledger::Parts left, Decision decision, Instant now);

}  // namespace safargo::payments
