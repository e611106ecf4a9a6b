// How a payment ends that has no entry in the books.
#pragma once

#include "features/payments/repository.hpp"

namespace safargo::payments {

// An open (or declined) intent is cancelled; money that arrived after a payment was cancelled is released at the
// provider. `payment` is locked.
Task<void> end_unheld(db::Transaction& tx, Payment payment, Instant now);

}  // namespace safargo::payments
