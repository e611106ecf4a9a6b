#include "features/ledger/posting_table.hpp"

#include "contract/described.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo::ledger {
namespace {

using enum Account;
using enum Part;
using enum Side;

// A debt of ours or an income is on the credit side; money with the provider, in cars or spent, on the debit side.
// `payouts` is what has reached the drivers, by transfer or by hand.
constexpr std::array account_rules{
    AccountRule{provider_clearing, debit, false}, AccountRule{escrow, credit, false},
    AccountRule{driver_payable, credit, true},    AccountRule{platform_revenue, credit, false},
    AccountRule{provider_fees, debit, false},     AccountRule{Account::cash, debit, false},
    AccountRule{payouts, credit, true},
};

// clang-format off
constexpr std::array posting_rules{
    PostingRule{Kind::hold,              Line{debit, provider_clearing, total}, Line{credit, escrow, total}},
    PostingRule{Kind::capture,           Line{debit, escrow, total},            Line{credit, driver_payable, to_driver},
                                                                                Line{credit, platform_revenue, to_platform},
                                                                                Line{credit, provider_clearing, to_passenger}},
    PostingRule{Kind::release,           Line{debit, escrow, total},            Line{credit, provider_clearing, to_passenger}},
    PostingRule{Kind::fee,               Line{debit, escrow, total},            Line{credit, platform_revenue, to_platform},
                                                                                Line{credit, provider_clearing, to_passenger}},
    PostingRule{Kind::late_cancellation, Line{debit, escrow, total},            Line{credit, driver_payable, to_driver},
                                                                                Line{credit, platform_revenue, to_platform},
                                                                                Line{credit, provider_clearing, to_passenger}},
    PostingRule{Kind::refund,            Line{debit, driver_payable, to_driver},
                                         Line{debit, platform_revenue, to_platform},
                                                                                Line{credit, provider_clearing, total}},
    PostingRule{Kind::uncollected,       Line{debit, driver_payable, to_driver},
                                         Line{debit, platform_revenue, to_platform},
                                                                                Line{credit, provider_clearing, total}},
    PostingRule{Kind::provider_fee,      Line{debit, provider_fees, to_platform}, Line{credit, provider_clearing, to_platform}},
    PostingRule{Kind::cash,              Line{debit, Account::cash, to_driver}, Line{credit, payouts, to_driver}},
    PostingRule{Kind::payout,            Line{debit, driver_payable, to_driver}, Line{credit, payouts, to_driver}},
};
// clang-format on

constexpr bool in_order_of_their_enums() {
    for (std::size_t i = 0; i < account_rules.size(); ++i) {
        if (account_rules[i].account != static_cast<Account>(i)) return false;
    }
    for (std::size_t i = 0; i < posting_rules.size(); ++i) {
        if (posting_rules[i].kind != static_cast<Kind>(i)) return false;
    }
    return true;
}
static_assert(in_order_of_their_enums());

Dinars of(const Parts& parts, Part part) {
    switch (part) {
        case to_driver:
            return parts.to_driver;
        case to_platform:
            return parts.to_platform;
        case to_passenger:
            return parts.to_passenger;
        case total:
            return parts.total();
    }
    throw std::logic_error("no such part");
}

void check(const PostingRule& posting, const Parts& parts) {
    for (const Part part : {to_driver, to_platform, to_passenger}) {
        const Dinars amount = of(parts, part);
        if (amount < Dinars{0}) throw std::logic_error("a part of a posting is negative");
        if (amount != Dinars{0} && !posting.carries(part)) {
            throw std::logic_error("a posting has a part that its kind does not carry: " +
                                   std::string(contract::enum_name(posting.kind)));
        }
    }
}

}  // namespace

std::span<const AccountRule> account_table() {
    return account_rules;
}

const AccountRule& rule(Account account) {
    return account_rules[static_cast<std::size_t>(account)];
}

std::span<const PostingRule> posting_table() {
    return posting_rules;
}

const PostingRule& rule(Kind kind) {
    return posting_rules[static_cast<std::size_t>(kind)];
}

std::vector<Entry> entries(Kind kind, const Parts& parts) {
    const PostingRule& posting = rule(kind);
    check(posting, parts);
    std::vector<Entry> written;
    for (const Line& line : posting.lines()) {
        const Dinars amount = of(parts, line.part);
        if (amount == Dinars{0}) continue;
        written.push_back({line.account, line.side == debit ? amount : -amount});
    }
    return written;
}

}  // namespace safargo::ledger
