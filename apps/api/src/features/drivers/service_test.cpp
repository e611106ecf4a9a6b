#include "features/drivers/service.hpp"

#include "testing/test_database.hpp"

#include <gtest/gtest.h>

namespace safargo::drivers {
namespace {

using testing::run;

constexpr db::Statement insert_user{"test_insert_user", R"(
    insert into users (id, email, name, role, kyc_approved_at, created_at) values ($1, $2, 'Amel', $3, $4, $5))"};
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

TEST_F(DriverTest, OnlyOnceAndOnlyWithAnOwnLicence) {
    const Caller amel = add_user("user"), badis = add_user("user");
    EXPECT_TRUE(become(amel, "DZ4821AB", in_years));
    EXPECT_EQ(become(amel, "OTHER123", in_years).error().code, Code::already_exists);
    const auto taken = become(badis, "dz4821ab", in_years);
    EXPECT_EQ(taken.error().code, Code::already_exists);
    EXPECT_EQ(taken.error().fields.at(0).field, "licence_number");
    EXPECT_EQ(role(badis), "user");
}

TEST_F(DriverTest, TheLicenceMustStillBeGood) {
    const Caller amel = add_user("user");
    const auto refused = become(amel, "DZ4821AB", today);
    EXPECT_EQ(refused.error(), fail("licence_expires_on", {Rule::in_the_past}).error());
    EXPECT_TRUE(become(amel, "DZ4821AB", LocalDate{today.days + std::chrono::days{1}}));
}

TEST_F(DriverTest, TheLockHoldsOffASecondOneButNoPointerToTheRow) {
    const Caller amel = add_user("user");
    ASSERT_TRUE(become(amel, "DZ4821AB", in_years));
    constexpr db::Statement skip{"test_skip", "select from drivers where user_id = $1 for no key update skip locked"};
    constexpr db::Statement point{"test_point", "select from drivers where user_id = $1 for key share nowait"};
    db::Transaction tx = run(db.begin());
    const auto locked = run(drivers.lock(tx, amel.id));
    ASSERT_TRUE(locked);
    EXPECT_EQ(locked->licence_expires_on, in_years);
    EXPECT_FALSE(locked->verified);
    EXPECT_TRUE(run(db.query(skip, amel.id)).empty());
    EXPECT_EQ(run(db.query(point, amel.id)).size(), 1U);
    run(tx.rollback());
    EXPECT_EQ(run(db.query(skip, amel.id)).size(), 1U);
}

}  // namespace
}  // namespace safargo::drivers
