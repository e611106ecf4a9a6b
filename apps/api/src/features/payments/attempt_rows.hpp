// What of an attempt stands in `payments`. SQL only.
#pragma once

#include "features/payments/repository.hpp"
#include "ports/payment_provider.hpp"

#include <cstddef>
#include <vector>

namespace safargo::payments {

// The provider is about to be asked to open the payment's attempt, whose return_url and checkout_expires_at are its
// own. The payment is locked.
Task<void> store_asked(db::Transaction& tx, Payment payment);

// What the provider says about that attempt; it may give its customers more time than we do, and that does not count.
// False if another one has begun since: nothing is written.
Task<bool> store_answer(db::Session& session, PaymentId payment, int attempt, Attempt answer);

// Bookings whose held money lapses before `limit`, the next ones first.
Task<std::vector<BookingId>> find_lapsing(db::Session& session, Instant limit, std::size_t most);

}  // namespace safargo::payments
