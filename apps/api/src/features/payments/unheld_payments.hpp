// How a payment ends of which nothing is in the books.
#pragma once

#include "features/payments/repository.hpp"

namespace safargo::payments {

// An open intent (or a declined one) is cancelled; money of a cancelled payment, which arrived after the end, is
// released at the provider. `payment` is locked.
Task<void> end_unheld(db::Transaction& tx, Payment payment, Instant now);

}  // namespace safargo::payments
