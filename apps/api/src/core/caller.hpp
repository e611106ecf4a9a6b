// The signed-in caller. Role and status are read from the database for each request, never from the token.
#pragma once

#include "core/ids.hpp"
#include "core/time.hpp"

#include <boost/describe/enum.hpp>

namespace safargo {

enum class Role { user, driver, moderator, admin };
BOOST_DESCRIBE_ENUM(Role, user, driver, moderator, admin)

enum class AccountStatus { active, suspended, banned, deleted };
BOOST_DESCRIBE_ENUM(AccountStatus, active, suspended, banned, deleted)

struct Caller {
    UserId id;
    SessionId session;
    Role role = Role::user;
    AccountStatus status = AccountStatus::active;
    Instant valid_until = Instant::max();  // when the token expires

    bool moderates() const { return role == Role::moderator || role == Role::admin; }
    bool administers() const { return role == Role::admin; }
};

}  // namespace safargo
