// The vocabulary of the books: accounts, kinds of events, and the parts an amount is split into.
#pragma once

#include "core/dinars.hpp"

#include <boost/describe/enum.hpp>

namespace safargo::ledger {

enum class Account { provider_clearing, escrow, driver_payable, platform_revenue, provider_fees, cash, payouts };
BOOST_DESCRIBE_ENUM(Account, provider_clearing, escrow, driver_payable, platform_revenue, provider_fees, cash, payouts)

enum class Kind {
    hold,     // the passenger's money is set aside
    capture,  // the ride happened (or the passenger did not come): shared out; seats given back return their part
    release,  // refund before capture: everything goes back
    fee,      // cancelled early: the price goes back, the service fee stays
    late_cancellation,  // cancelled late: one partial capture, shared out
    refund,             // refund after capture: the parts say who gives
    uncollected,        // money already shared out that the provider then failed to collect: the parts say who loses
    provider_fee,       // what the provider keeps for its work (to_platform: what it costs us)
    cash,               // changed hands in the car
    payout,             // left for the driver's account
};
BOOST_DESCRIBE_ENUM(Kind, hold, capture, release, fee, late_cancellation, refund, uncollected, provider_fee, cash,
                    payout)

struct Parts {
    Dinars to_driver, to_platform, to_passenger;
    constexpr Dinars total() const { return to_driver + to_platform + to_passenger; }
    bool operator==(const Parts&) const = default;
};

}  // namespace safargo::ledger
