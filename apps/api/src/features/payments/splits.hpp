// The arithmetic of fees, splits and refunds. Pure; parts always sum to the whole.
#pragma once

#include "features/ledger/types.hpp"
#include "features/payments/service.hpp"

namespace safargo::payments {

// Which posting shares out held money by this split. Of a free seat nothing is kept: it is released.
ledger::Kind kind_of(const Split& split);

ledger::Parts parts_of(const Split& split);

// Who gives how much of a refund after capture: driver and platform in proportion to what they still have of this
// payment, the driver's part half up, so that giving back everything takes exactly what each has.
// 0 <= amount <= left.total().
ledger::Parts take_back(const ledger::Parts& left, Dinars amount);

}  // namespace safargo::payments
