// The postings of the double-entry ledger, as data: which event moves which part of the money between which accounts.
// Whole dinars; debits are positive, credits negative.
#pragma once

#include "features/ledger/types.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace safargo::ledger {

enum class Side { debit, credit };

// For an account: the side of its normal balance, and whether every user has their own.
struct AccountRule {
    Account account;
    Side side;
    bool personal;
};
std::span<const AccountRule> account_table();
const AccountRule& rule(Account account);

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
