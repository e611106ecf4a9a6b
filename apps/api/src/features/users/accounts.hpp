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

// False: there is one of this phone or email already.
Task<bool> add_account(db::Session& session, NewAccount account, Instant now);

// Holds off the end of the account until the transaction ends; whoever counts in its profile is not held off. To be
// taken before every other lock, as leaving does. `deleted` where there is none.
Task<AccountStatus> lock_account(db::Transaction& tx, UserId id);

// Role user becomes driver; moderators and admins keep theirs.
Task<void> make_driver(db::Transaction& tx, UserId id);

// Trips for women only are offered by them and shown to them.
Task<bool> is_confirmed_woman(db::Session& session, UserId id);

}  // namespace safargo::users
