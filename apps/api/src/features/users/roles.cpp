#include "features/users/roles.hpp"

#include "contract/json.hpp"
#include "features/admin/service.hpp"

namespace safargo::users {
namespace {

constexpr db::Statement lock_by_phone{"user_lock_by_phone", R"(
    select id, role, status = 'active' from users where phone = $1 for no key update)"};

constexpr db::Statement update_role{"user_update_role", "update users set role = $2 where id = $1"};

struct Change {
    std::string from, to;
};
BOOST_DESCRIBE_STRUCT(Change, (), (from, to))

std::string name(Role role) {
    return std::string(contract::enum_name(role));
}

}  // namespace

Task<Result<GivenRole>> give_role(db::Transaction& tx, PhoneNumber phone, Role role, std::string actor, Instant now) {
    const db::Rows rows = co_await tx.query(lock_by_phone, phone.str());
    if (rows.empty()) co_return fail(Code::not_found);
    if (!rows[0].get<bool>(2)) co_return fail(Code::account_suspended);
    const GivenRole given{.user = rows[0].get<UserId>(0),
                          .before = contract::enum_from<Role>(rows[0].get<std::string_view>(1)).value(),
                          .now = role};
    if (given.before == role) co_return given;
    co_await tx.query(update_role, given.user, name(role));
    co_await admin::audit(tx,
                          {.actor = std::move(actor),
                           .action = "role.given",
                           .subject = given.user.str(),
                           .detail = contract::to_json(Change{name(given.before), name(role)})},
                          now);
    co_return given;
}

}  // namespace safargo::users
