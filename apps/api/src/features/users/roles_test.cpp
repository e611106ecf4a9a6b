#include "features/users/roles.hpp"

#include "features/users/users_world_test.hpp"

namespace safargo::users {
namespace {

using test::run;

class RolesTest : public test::UsersWorld {
protected:
    Result<GivenRole> give(std::string_view phone, Role role) {
        return run(database.db().transact<GivenRole>([&](db::Transaction& tx) {
            return give_role(tx, PhoneNumber::parse(phone).value(), role, "shell:amel", clock.now());
        }));
    }
    std::string audited() {
        return read(
            "select string_agg(concat_ws(' ', actor, action, detail->>'from', detail->>'to', subject = "
            "users.id::text), ', ' order by l.id) from audit_log l",
            amel);
    }

    Caller amel = add_user("Amel Haddad", "+213550000001");
};

TEST_F(RolesTest, AreGrantedAndAudited) {
    const auto given = give("0550 00 00 01", Role::moderator);
    ASSERT_TRUE(given);
    EXPECT_EQ(given->user, amel.id);
    EXPECT_EQ(given->before, Role::user);
    EXPECT_EQ(read("role", amel), "moderator");
    clock.advance(std::chrono::seconds{1});
    EXPECT_EQ(give("0550000001", Role::admin)->before, Role::moderator);
    EXPECT_EQ(audited(), "shell:amel role.given user moderator t, shell:amel role.given moderator admin t");
}

TEST_F(RolesTest, GrantedTwiceIsAuditedOnce) {
    ASSERT_TRUE(give("0550000001", Role::admin));
    EXPECT_EQ(give("0550000001", Role::admin)->before, Role::admin);
    EXPECT_EQ(audited(), "shell:amel role.given user admin t");
}

TEST_F(RolesTest, AreRefusedToUnknownAndInactiveAccounts) {
    EXPECT_EQ(give("0550000009", Role::admin).error().code, Code::not_found);
    for (const char* status : {"suspended", "banned"}) {
        execute("update users set status = '{}'", status);
        EXPECT_EQ(give("0550000001", Role::admin).error().code, Code::account_suspended) << status;
    }
    execute("update users set status = 'active'");
    ASSERT_TRUE(leave(amel));
    EXPECT_EQ(give("0550000001", Role::admin).error().code, Code::not_found) << "a deleted account has no number";
    EXPECT_EQ(read("role", amel), "user");
    EXPECT_EQ(audited(), "null");
}

}  // namespace
}  // namespace safargo::users
