// The double-entry ledger: the source of truth about money. Append-only; balances are derived.
#pragma once

#include "core/ids.hpp"
#include "core/task.hpp"
#include "db/database.hpp"
#include "db/transaction.hpp"
#include "features/ledger/posting_table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace safargo::ledger {

struct Posting {
    Kind kind;
    std::string event_key;  // identifies the event permanently: "hold:<payment id>"
    std::optional<BookingId> booking{};
    std::optional<PaymentId> payment{};
    std::optional<UserId> driver{};  // the owner of driver_payable and payouts
    Parts parts{};
};

// Once per event_key: true when written, false for a repetition, which changes nothing and leaves `tx` usable. Throws
// std::logic_error for parts that the kind does not have.
Task<bool> post(db::Transaction& tx, Posting posting, Instant now);

// In the account's own sense: what we owe on escrow, driver_payable; what we have on provider_clearing, cash; what we
// earned on platform_revenue, spent on provider_fees; what reached drivers on payouts. Of one user, or of all.
Task<Dinars> balance(db::Session& session, Account account, std::optional<UserId> user = std::nullopt);

// What driver and platform still have from one payment (to_passenger is 0).
Task<Parts> shares(db::Session& session, PaymentId payment);

// Re-proves the books in one snapshot: every transaction and all together sum to zero; escrow is the money of held
// payments; driver_payable and platform_revenue are the captured shares; every payment has the postings of its state.
// One sentence per discrepancy, at most 100 of a kind; empty: proven. Reads everything: give it a database with a
// statement timeout fit for a nightly job (nightly_proof.hpp).
Task<std::vector<std::string>> prove(db::Database& database);

}  // namespace safargo::ledger
