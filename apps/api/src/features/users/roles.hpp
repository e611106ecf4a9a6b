// The roles that are granted: admin and moderator.
#pragma once

#include "core/caller.hpp"
#include "core/phone_number.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "db/transaction.hpp"

#include <string>

namespace safargo::users {

struct GivenRole {
    UserId user;
    Role before, now;
};

// In effect from the person's next request on; written to the audit log with its `actor`, unless they already have the
// role. not_found if no account has the number, account_suspended if it is not active.
Task<Result<GivenRole>> give_role(db::Transaction& tx, PhoneNumber phone, Role role, std::string actor, Instant now);

}  // namespace safargo::users
