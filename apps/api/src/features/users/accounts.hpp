// What other features may do with accounts inside their own transactions. Included through service.hpp.
#pragma once

#include "core/caller.hpp"
#include "core/language.hpp"
#include "core/time.hpp"
#include "db/transaction.hpp"
#include "features/users/types.hpp"

#include <optional>
#include <string>

namespace safargo::users {

struct NewAccount {
    std::optional<std::string> phone, email;  // one of them
    std::string name;
    Language locale = Language::fr;
};

// False: there already is one with this phone or email.
Task<bool> add_account(db::Session& session, NewAccount account, Instant now);

// Locks the account against deletion until the transaction ends; updates of its profile counters are not blocked. Take
// it before every other lock, as account deletion does. `deleted` if there is none.
Task<AccountStatus> lock_account(db::Transaction& tx, UserId id);

// The same, and one such transaction at a time: for a change that depends on what others change of the person.
Task<AccountStatus> lock_profile(db::Transaction& tx, UserId id);

// Role user becomes driver; moderators and admins keep theirs.
Task<void> make_driver(db::Transaction& tx, UserId id);

// Women-only trips are offered by them and shown to them.
Task<bool> is_confirmed_woman(db::Session& session, UserId id);

// A moderator has read it on their identity card.
Task<void> confirm_gender(db::Transaction& tx, UserId id, Gender gender, Instant now);

struct Verification {
    bool identity = false;
    std::optional<LocalDate> documents_valid_until{};  // the last day on which all documents of a driver are valid
};
Task<Verification> find_verification(db::Session& session, UserId id);
// Never takes anything back: a verified identity stays, and so does a day if none is given.
Task<void> verify(db::Transaction& tx, UserId id, Verification proven, Instant now);

}  // namespace safargo::users
