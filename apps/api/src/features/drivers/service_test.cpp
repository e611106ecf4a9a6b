#include "features/drivers/service.hpp"

#include "contract/json.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

namespace safargo::drivers {
namespace {

using testing::run;

constexpr db::Statement insert_user{"test_insert_user", R"(
    insert into users (id, email, name, role, kyc_approved_at, created_at) values ($1, $2, 'Amel', $3, $4, $5))"};
constexpr db::Statement leave{"test_leave", "update users set status = 'deleted' where id = $1"};
constexpr db::Statement read_role{"test_read_role", "select role from users where id = $1"};

class DriverTest : public ::testing::Test {
protected:
    Caller add_user(std::string role, std::optional<Instant> verified = {}) {
        const Caller caller{.id = UserId::make(clock.now()), .session = SessionId::make(clock.now())};
        run(db.query(insert_user, caller.id, caller.id.str() + "@example.dz", role, verified, clock.now()));
        return caller;
    }
    Result<DriverProfile> become(Caller caller, std::string_view licence, LocalDate expires) {
        const BecomeDriver wanted{LicenceNumber::parse(licence).value(), expires};
        return run(
            db.transact<DriverProfile>([&](db::Transaction& tx) { return drivers.become_driver(tx, caller, wanted); }));
    }
    Result<DriverProfile> edit(Caller caller, std::string_view json) {
        const auto changes = contract::parse_json<EditDriver>(json).value();
        return run(db.transact<DriverProfile>([&](db::Transaction& tx) { return drivers.edit(tx, caller, changes); }));
    }
    static Error ended(std::string expires_on, std::string day) {
        return fail("licence_expires_on", {Rule::licence_expires, std::move(expires_on), std::move(day)}).error();
    }
    std::string role(const Caller& caller) { return run(db.query(read_role, caller.id))[0].get<std::string>(0); }

    testing::TestDatabase database;
    db::Database& db = database.db();
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    DriverService drivers{db, clock};
    LocalDate today = LocalDate::of(clock.now());
    LocalDate in_years{today.days + std::chrono::days{2000}};
};

TEST_F(DriverTest, AUserBecomesADriver) {
    const Caller amel = add_user("user", clock.now());
    EXPECT_EQ(run(drivers.me(amel)).error().code, Code::not_found);
    const auto profile = become(amel, "dz4821ab", in_years);
    ASSERT_TRUE(profile);
    EXPECT_EQ(profile->licence_number, "DZ4821AB");
    EXPECT_EQ(profile->licence_expires_on, in_years);
    EXPECT_TRUE(profile->verified);
    EXPECT_EQ(profile->driver_since, clock.now());
    EXPECT_EQ(role(amel), "driver");
    EXPECT_EQ(run(drivers.me(amel))->licence_number, "DZ4821AB");
}

TEST_F(DriverTest, ModeratorsAndAdminsKeepTheirRole) {
    for (const std::string kept : {"moderator", "admin"}) {
        const Caller caller = add_user(kept);
        EXPECT_TRUE(become(caller, kept + "1", in_years));
        EXPECT_EQ(role(caller), kept);
    }
}

TEST_F(DriverTest, OnlyOnceAndOnlyWithTheirOwnLicence) {
    const Caller amel = add_user("user"), badis = add_user("user");
    EXPECT_TRUE(become(amel, "DZ4821AB", in_years));
    EXPECT_EQ(become(amel, "OTHER123", in_years).error().code, Code::already_exists);
    const auto taken = become(badis, "dz4821ab", in_years);
    EXPECT_EQ(taken.error().code, Code::already_exists);
    EXPECT_EQ(taken.error().fields.at(0).field, "licence_number");
    EXPECT_EQ(role(badis), "user");
}

TEST_F(DriverTest, TheLicenceMustStillBeValid) {
    const Caller amel = add_user("user");
    const LocalDate yesterday{today.days - std::chrono::days{1}};
    const auto refused = become(amel, "DZ4821AB", yesterday);
    EXPECT_EQ(refused.error(), ended("2026-11-30", "2026-12-01"));
    EXPECT_TRUE(become(amel, "DZ4821AB", today)) << "it is valid until midnight";
}

// 23:00 UTC is the next day in Algiers.
TEST_F(DriverTest, TodayIsTheDayInAlgiers) {
    clock.set(parse_instant("2026-12-01T22:59:59Z").value());
    EXPECT_TRUE(become(add_user("user"), "DZ1111", today));
    clock.set(parse_instant("2026-12-01T23:00:00Z").value());
    EXPECT_EQ(become(add_user("user"), "DZ2222", today).error(), ended("2026-12-01", "2026-12-02"));
}

TEST_F(DriverTest, ALicenceIsRenewed) {
    const Caller amel = add_user("user");
    ASSERT_TRUE(become(amel, "DZ4821AB", today));
    clock.advance(std::chrono::days{3});
    const auto renewed = edit(amel, R"({"licence_expires_on": "2036-12-01"})");
    ASSERT_TRUE(renewed);
    EXPECT_EQ(renewed->licence_expires_on.str(), "2036-12-01");
    EXPECT_EQ(renewed->licence_number, "DZ4821AB") << "fields not given stay";
    EXPECT_EQ(edit(amel, R"({"licence_number": " dz77 "})")->licence_number, "DZ77");
    EXPECT_EQ(edit(amel, "{}")->licence_number, "DZ77");
    const auto both = edit(amel, R"({"licence_number": "DZ78", "licence_expires_on": "2037-01-01"})");
    EXPECT_EQ(both->licence_number + ' ' + both->licence_expires_on.str(), "DZ78 2037-01-01");
    EXPECT_EQ(run(drivers.me(amel))->licence_number, "DZ78");
    EXPECT_EQ(role(amel), "driver");
}

TEST_F(DriverTest, ARenewedLicenceFollowsTheRulesOfTheFirst) {
    const Caller amel = add_user("user"), badis = add_user("user");
    EXPECT_EQ(edit(amel, R"({"licence_expires_on": "2036-12-01"})").error().code, Code::driver_required);
    ASSERT_TRUE(become(amel, "DZ4821AB", in_years));
    ASSERT_TRUE(become(badis, "DZ9999", in_years));
    EXPECT_EQ(edit(amel, R"({"licence_expires_on": "2026-11-30"})").error(), ended("2026-11-30", "2026-12-01"));
    EXPECT_TRUE(edit(amel, R"({"licence_expires_on": "2026-12-01"})")) << "valid today";
    const auto taken = edit(amel, R"({"licence_number": "dz9999"})");
    EXPECT_EQ(taken.error().code, Code::already_exists);
    EXPECT_EQ(taken.error().fields.at(0).field, "licence_number");
    EXPECT_EQ(run(drivers.me(amel))->licence_number, "DZ4821AB");
    for (const auto* body :
         {R"({"licence_number": null})", R"({"licence_expires_on": null})", R"({"licence_number": "12-34"})",
          R"({"licence_expires_on": "2036-13-01"})", R"({"verified": true})"}) {
        EXPECT_FALSE(contract::parse_json<EditDriver>(body)) << body;
    }
}

// The request was authenticated before the account was deleted.
TEST_F(DriverTest, APersonWhoHasLeftGetsNoLicenceBack) {
    const Caller amel = add_user("user");
    ASSERT_TRUE(become(amel, "DZ4821AB", in_years));
    run(db.query(leave, amel.id));
    EXPECT_EQ(edit(amel, R"({"licence_number": "DZ5555"})").error().code, Code::driver_required);
    EXPECT_EQ(run(drivers.me(amel))->licence_number, "DZ4821AB");
}

TEST_F(DriverTest, TheLockBlocksASecondOneButNoForeignKeyToTheRow) {
    const Caller amel = add_user("user");
    ASSERT_TRUE(become(amel, "DZ4821AB", in_years));
    constexpr db::Statement skip{"test_skip", "select from drivers where user_id = $1 for no key update skip locked"};
    constexpr db::Statement point{"test_point", "select from drivers where user_id = $1 for key share nowait"};
    db::Transaction tx = run(db.begin());
    const auto locked = run(drivers.lock(tx, amel.id));
    ASSERT_TRUE(locked);
    EXPECT_EQ(locked->licence_expires_on, in_years);
    EXPECT_EQ(locked->documents_valid_until, std::nullopt);
    EXPECT_TRUE(run(db.query(skip, amel.id)).empty());
    EXPECT_EQ(run(db.query(point, amel.id)).size(), 1U);
    run(tx.rollback());
    EXPECT_EQ(run(db.query(skip, amel.id)).size(), 1U);
}

TEST_F(DriverTest, TheLockReadsUntilWhenTheDocumentsAreValid) {
    const Caller amel = add_user("user");
    ASSERT_TRUE(become(amel, "DZ4821AB", in_years));
    database.execute("update users set documents_valid_until = '2027-03-01'");
    db::Transaction tx = run(db.begin());
    EXPECT_EQ(run(drivers.lock(tx, amel.id))->documents_valid_until, LocalDate::parse("2027-03-01").value());
    run(tx.rollback());
}

}  // namespace
}  // namespace safargo::drivers
