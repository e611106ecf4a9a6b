// What other features may do with accounts inside their own transactions. Included through service.hpp.
#pragma once

#include "core/caller.hpp"
#include "core/language.hpp"
#include "db/transaction.hpp"

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

// Role user becomes driver; moderators and admins keep theirs.
Task<void> make_driver(db::Transaction& tx, UserId id);

// Women-only trips are offered by them and shown to them.
Task<bool> is_confirmed_woman(db::Session& session, UserId id);

}  // namespace safargo::users
