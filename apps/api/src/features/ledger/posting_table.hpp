// The postings of the double-entry ledger, once, as data: which event moves which part of the money between which
// accounts. Whole dinars; debits are positive, credits negative.
#pragma once

#include "core/dinars.hpp"

#include <boost/describe/enum.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace safargo::ledger {

enum class Account { provider_clearing, escrow, driver_payable, platform_revenue, provider_fees, cash, payouts };
BOOST_DESCRIBE_ENUM(Account, provider_clearing, escrow, driver_payable, platform_revenue, provider_fees, cash, payouts)

enum class Kind {
    hold,               // the passenger's money is set aside
    capture,            // the ride happened (or the passenger did not come): shared out
    release,            // refund before capture: everything goes back
    fee,                // cancelled early: the price goes back, the service fee stays
    late_cancellation,  // cancelled late: one partial capture, shared out
    refund,             // refund after capture: the parts say who gives
    uncollected,        // money already shared out that the provider then failed to collect: the parts say who loses
    provider_fee,       // what the provider keeps for its work (to_platform: what it costs us)
    cash,               // changed hands in the car
    payout,             // left for the driver's account
};
BOOST_DESCRIBE_ENUM(Kind, hold, capture, release, fee, late_cancellation, refund, uncollected, provider_fee, cash,
                    payout)

enum class Side { debit, credit };

// Of an account: where its balance normally stands, and whether every user has an own one.
struct AccountRule {
    Account account;
    Side side;
    bool personal;
};
std::span<const AccountRule> account_table();
const AccountRule& rule(Account account);

struct Parts {
    Dinars to_driver, to_platform, to_passenger;
    constexpr Dinars total() const { return to_driver + to_platform + to_passenger; }
    bool operator==(const Parts&) const = default;
};

enum class Part { to_driver, to_platform, to_passenger, total };

struct Line {
    Side side;
    Account account;
    Part part;
};

struct PostingRule {
    template <class... L>
    constexpr explicit PostingRule(Kind event, L... written) : kind(event), all{written...}, size(sizeof...(written)) {}

    Kind kind;
    std::array<Line, 4> all;
    std::size_t size;

    constexpr std::span<const Line> lines() const { return {all.data(), size}; }
    // May an event of this kind have such a part? If not, a posting with it would not balance, or would lose it.
    constexpr bool carries(Part part) const {
        int balance = 0;
        bool used = false;
        for (const Line& line : lines()) {
            if (line.part != part && line.part != Part::total) continue;
            balance += line.side == Side::debit ? 1 : -1;
            used = true;
        }
        return used && balance == 0;
    }
};
std::span<const PostingRule> posting_table();
const PostingRule& rule(Kind kind);

struct Entry {
    Account account;
    Dinars amount;  // never zero
    bool operator==(const Entry&) const = default;
};

// The entries of one event; they sum to zero. Throws std::logic_error for a negative part or one the kind cannot carry.
std::vector<Entry> entries(Kind kind, const Parts& parts);

}  // namespace safargo::ledger
