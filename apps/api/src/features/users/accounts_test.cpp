// Tests of what other features do with accounts.
#include "features/users/service.hpp"

#include "testing/test_database.hpp"

#include <gtest/gtest.h>

namespace safargo::users {
namespace {

using namespace std::chrono_literals;
using testing::run;

const Instant now = parse_instant("2026-12-01T08:00:00Z").value();

class Accounts : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(add("+213550000001"));
        amel_ = run(database_.db().query({"test_id", "select id from users"}))[0].get<UserId>(0);
    }
    bool add(const std::string& phone) {
        return run(add_account(database_.db(), {.phone = phone, .email = {}, .name = "Amel"}, now));
    }
    template <class T = std::string>
    T column(std::string_view sql) {
        return run(database_.db().query({"test_column", sql}))[0].template get<T>(0);
    }
    // Runs one of the functions in a transaction of its own.
    template <class Work>
    void commit(Work work) {
        run(database_.db().transact<Nothing>([&](db::Transaction& tx) { return finish(work(tx)); })).value();
    }
    static Task<Result<Nothing>> finish(Task<void> work) {
        co_await std::move(work);
        co_return Nothing{};
    }
    static Task<Result<AccountStatus>> lock(db::Transaction& tx, UserId id) { co_return co_await lock_account(tx, id); }

    testing::TestDatabase database_;
    UserId amel_{};
};

TEST_F(Accounts, OnePhoneHasOneAccount) {
    EXPECT_FALSE(add("+213550000001"));
    EXPECT_TRUE(add("+213550000002"));
    EXPECT_EQ(column<std::int64_t>("select count(*) from users"), 2);
}

TEST_F(Accounts, AreLockedWithTheirStatus) {
    const auto status_of = [&](UserId id) {
        return run(database_.db().transact<AccountStatus>([id](db::Transaction& tx) { return lock(tx, id); })).value();
    };
    EXPECT_EQ(status_of(amel_), AccountStatus::active);
    database_.execute("update users set status = 'suspended'");
    EXPECT_EQ(status_of(amel_), AccountStatus::suspended);
    EXPECT_EQ(status_of(UserId::make(now)), AccountStatus::deleted) << "there is none";
}

TEST_F(Accounts, OnlyUsersBecomeDrivers) {
    commit([&](db::Transaction& tx) { return make_driver(tx, amel_); });
    EXPECT_EQ(column<Role>("select role from users"), Role::driver);
    database_.execute("update users set role = 'admin'");
    commit([&](db::Transaction& tx) { return make_driver(tx, amel_); });
    EXPECT_EQ(column<Role>("select role from users"), Role::admin);
}

TEST_F(Accounts, AWomanHasAConfirmedGender) {
    EXPECT_FALSE(run(is_confirmed_woman(database_.db(), amel_)));
    database_.execute("update users set gender = 'female'");
    EXPECT_FALSE(run(is_confirmed_woman(database_.db(), amel_)));
    database_.execute("update users set gender_confirmed_at = now()");
    EXPECT_TRUE(run(is_confirmed_woman(database_.db(), amel_)));
    EXPECT_FALSE(run(is_confirmed_woman(database_.db(), UserId::make(now))));
}

TEST_F(Accounts, AGenderIsConfirmedByAModerator) {
    commit([&](db::Transaction& tx) { return confirm_gender(tx, amel_, Gender::male, now); });
    EXPECT_FALSE(run(is_confirmed_woman(database_.db(), amel_)));
    commit([&](db::Transaction& tx) { return confirm_gender(tx, amel_, Gender::female, now + 1h); });
    EXPECT_TRUE(run(is_confirmed_woman(database_.db(), amel_)));
    EXPECT_EQ(column<Instant>("select gender_confirmed_at from users"), now + 1h);
}

TEST_F(Accounts, WhatIsProvenIsNeverTakenBack) {
    const auto proven = [&] { return run(find_verification(database_.db(), amel_)); };
    const auto prove = [&](Verification what, Instant at) {
        commit([&](db::Transaction& tx) { return verify(tx, amel_, what, at); });
    };
    const LocalDate spring = LocalDate::parse("2027-03-01").value(), autumn = LocalDate::parse("2027-09-01").value();
    EXPECT_FALSE(proven().identity || proven().documents_valid_until);
    prove({}, now);
    EXPECT_FALSE(proven().identity || proven().documents_valid_until);
    prove({.identity = true}, now);
    EXPECT_TRUE(proven().identity);
    prove({.identity = true, .documents_valid_until = autumn}, now + 1h);
    EXPECT_EQ(proven().documents_valid_until, autumn);
    prove({}, now + 2h);
    EXPECT_TRUE(proven().identity);
    EXPECT_EQ(proven().documents_valid_until, autumn);
    prove({.identity = true, .documents_valid_until = spring}, now + 3h);
    EXPECT_EQ(proven().documents_valid_until, spring) << "a document may end earlier than the one before";
    EXPECT_EQ(column<Instant>("select kyc_approved_at from users"), now) << "since the first time";
    EXPECT_FALSE(run(find_verification(database_.db(), UserId::make(now))).identity) << "there is nobody";
}

TEST_F(Accounts, CountTheirPeoplesActions) {
    commit([&](db::Transaction& tx) { return lock_people(tx, {amel_}); });
    commit([&](db::Transaction& tx) { return count_driven(tx, amel_); });
    commit([&](db::Transaction& tx) { return count_ignored_request(tx, amel_); });
    commit([&](db::Transaction& tx) { return count_answer(tx, amel_, 90'600ms); });
    commit([&](db::Transaction& tx) { return count_late_cancellation(tx, amel_); });
    commit([&](db::Transaction& tx) { return count_travelled(tx, {amel_}); });
    commit([&](db::Transaction& tx) { return count_travelled(tx, {}); });
    constexpr std::string_view counters = R"(
        select concat_ws(' ', trips_driven, ignored_requests, response_seconds_sum, response_count, late_cancellations,
                         trips_travelled) from users)";
    EXPECT_EQ(column(counters), "1 1 91 1 1 1");
    for (int i = 0; i < 2; ++i) commit([&](db::Transaction& tx) { return count_not_travelled(tx, {amel_}); });
    EXPECT_EQ(column(counters), "1 1 91 1 1 0") << "never below zero";
}

}  // namespace
}  // namespace safargo::users
