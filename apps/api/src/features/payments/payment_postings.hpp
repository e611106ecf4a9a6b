// How one payment's events are written in the ledger.
#pragma once

#include "features/ledger/service.hpp"
#include "features/payments/repository.hpp"

#include <string_view>

namespace safargo::payments {

// `event` happens once to a payment: its key is "<event>:<payment id>".
ledger::Posting posting(const Payment& payment, ledger::Kind kind, std::string_view event, const ledger::Parts& parts);

// After a ride: the price to the driver, the service fee to the platform, both less what is due back for returned
// seats.
ledger::Parts agreed_parts(const Payment& payment);

}  // namespace safargo::payments
