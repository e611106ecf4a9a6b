// The arithmetic of fees, splits and refunds. Pure; parts always sum to the whole.
#pragma once

#include "features/ledger/types.hpp"
#include "features/payments/service.hpp"

namespace safargo::payments {

// The posting that divides held money by this split. A free seat leaves nothing to keep: it is released.
ledger::Kind kind_of(const Split& split);

ledger::Parts parts_of(const Split& split);

// How driver and platform share a refund after capture: in proportion to what they still have from this payment, the
// driver's part rounded half up, so that a full refund takes exactly what each has. 0 <= amount <= left.total().
ledger::Parts take_back(const ledger::Parts& left, Dinars amount);

}  // namespace safargo::payments
