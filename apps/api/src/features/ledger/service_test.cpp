#include "features/ledger/service.hpp"

#include "features/ledger/money_rows_test.hpp"

#include <gtest/gtest.h>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <map>
#include <memory>
#include <random>

namespace safargo::ledger {
namespace {

using test::start;
using testing::run;

Posting hold_of(std::string key, UserId driver) {
    return {.kind = Kind::hold, .event_key = std::move(key), .driver = driver, .parts = {{1500}, {75}, {0}}};
}

Task<bool> post_alone(db::Database& database, Posting posting) {
    db::Transaction tx = co_await database.begin();
    const bool posted = co_await post(tx, std::move(posting), start);
    co_await tx.commit();
    co_return posted;
}

class LedgerTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { rows_ = std::make_unique<test::MoneyRows>(); }
    static void TearDownTestSuite() { rows_.reset(); }

    db::Database& db() { return rows_->db(); }
    Dinars of(Account account, std::optional<UserId> user = std::nullopt) { return run(balance(db(), account, user)); }
    std::string key() { return "event " + Uuid::v7(start).str(); }

    static inline std::unique_ptr<test::MoneyRows> rows_;
};

TEST_F(LedgerTest, WritesAnEventOnce) {
    const UserId driver = rows_->add_user();
    const std::string event = key();
    const Dinars before = of(Account::escrow);
    EXPECT_TRUE(run(post_alone(db(), hold_of(event, driver))));
    EXPECT_FALSE(run(post_alone(db(), hold_of(event, driver))));
    EXPECT_EQ(of(Account::escrow) - before, Dinars{1575});
}

Task<void> post_twice(db::Database& database, Posting posting, Posting other) {
    db::Transaction tx = co_await database.begin();
    EXPECT_TRUE(co_await post(tx, posting, start));
    EXPECT_FALSE(co_await post(tx, posting, start));
    EXPECT_TRUE(co_await post(tx, other, start));
    co_await tx.commit();
}

TEST_F(LedgerTest, ARepetitionLeavesTheTransactionUsable) {
    const UserId driver = rows_->add_user();
    const Dinars before = of(Account::escrow);
    run(post_twice(db(), hold_of(key(), driver), hold_of(key(), driver)));
    EXPECT_EQ(of(Account::escrow) - before, Dinars{3150});
}

Task<bool> post_and_drop(db::Database& database, Posting posting) {
    db::Transaction tx = co_await database.begin();
    const bool posted = co_await post(tx, std::move(posting), start);
    co_await tx.rollback();
    co_return posted;
}

TEST_F(LedgerTest, ARollbackLeavesTheEventToBePosted) {
    const UserId driver = rows_->add_user();
    const Posting posting = hold_of(key(), driver);
    EXPECT_TRUE(run(post_and_drop(db(), posting)));
    EXPECT_TRUE(run(post_alone(db(), posting)));
}

Task<int> race(db::Database& database, Posting posting) {
    using namespace boost::asio::experimental::awaitable_operators;
    const auto [a, b] = co_await (post_alone(database, posting) && post_alone(database, posting));
    co_return int{a} + int{b};
}

TEST_F(LedgerTest, OfTwoTransactionsOneWrites) {
    const UserId driver = rows_->add_user();
    for (int round = 0; round < 20 * test::scale(); ++round) {
        EXPECT_EQ(run(race(db(), hold_of(key(), driver))), 1);
    }
}

TEST_F(LedgerTest, AnEventWithoutMoneyIsRecordedToo) {
    const Posting nothing{.kind = Kind::hold, .event_key = key()};
    EXPECT_TRUE(run(post_alone(db(), nothing)));
    EXPECT_FALSE(run(post_alone(db(), nothing)));
}

TEST_F(LedgerTest, KeepsBalancesByAccountAndUser) {
    const UserId ali = rows_->add_user();
    const UserId zohra = rows_->add_user();
    const Dinars revenue = of(Account::platform_revenue), clearing = of(Account::provider_clearing);
    run(post_alone(db(), hold_of(key(), ali)));
    run(post_alone(db(), {.kind = Kind::capture, .event_key = key(), .driver = ali, .parts = {{1500}, {75}, {0}}}));
    run(post_alone(db(), {.kind = Kind::payout, .event_key = key(), .driver = ali, .parts = {{600}, {0}, {0}}}));
    run(post_alone(db(), {.kind = Kind::cash, .event_key = key(), .driver = zohra, .parts = {{900}, {0}, {0}}}));
    run(post_alone(db(), {.kind = Kind::provider_fee, .event_key = key(), .parts = {{0}, {31}, {0}}}));
    EXPECT_EQ(of(Account::driver_payable, ali), Dinars{900});
    EXPECT_EQ(of(Account::payouts, ali), Dinars{600});
    EXPECT_EQ(of(Account::driver_payable, zohra), Dinars{0});
    EXPECT_EQ(of(Account::payouts, zohra), Dinars{900});
    EXPECT_EQ(of(Account::platform_revenue) - revenue, Dinars{75});
    EXPECT_EQ(of(Account::provider_clearing) - clearing, Dinars{1544});
    EXPECT_EQ(of(Account::cash), Dinars{900});
    EXPECT_EQ(of(Account::provider_fees), Dinars{31});
}

TEST_F(LedgerTest, NeedsTheDriverWhoseMoneyMoves) {
    EXPECT_THROW(run(post_alone(db(), {.kind = Kind::payout, .event_key = key(), .parts = {{1}, {0}, {0}}})),
                 std::logic_error);
}

std::string constraint_of(const std::function<void()>& attempt) {
    try {
        attempt();
    } catch (const db::DatabaseError& error) {
        return error.constraint;
    }
    return "accepted";
}

Task<void> execute(db::Database& database, const db::Statement* statement) {
    co_await database.query(*statement);
}

constexpr db::Statement change_entries{"test_change_entries", "update ledger_entries set amount = amount + 1"};
constexpr db::Statement delete_entries{"test_delete_entries", "delete from ledger_entries"};
constexpr db::Statement delete_postings{"test_delete_postings", "delete from ledger_transactions"};
constexpr db::Statement empty_ledger{"test_truncate", "truncate ledger_entries, ledger_transactions"};
constexpr db::Statement unbalanced{"test_unbalanced", R"(
    with posted as (
        insert into ledger_transactions (id, kind, event_key, created_at)
        values (gen_random_uuid(), 'hold', gen_random_uuid()::text, '2026-12-03') returning id)
    insert into ledger_entries (transaction_id, account, amount) select id, 'escrow', -5 from posted)"};
constexpr db::Statement ownerless{"test_ownerless", R"(
    with posted as (
        insert into ledger_transactions (id, kind, event_key, created_at)
        values (gen_random_uuid(), 'payout', gen_random_uuid()::text, '2026-12-03') returning id)
    insert into ledger_entries (transaction_id, account, amount)
    select id, account, amount from posted, (values ('driver_payable', 5), ('payouts', -5)) as line (account, amount))"};

TEST_F(LedgerTest, TheDatabaseRefusesToForgetOrToUnbalance) {
    run(post_alone(db(), hold_of(key(), rows_->add_user())));
    for (const db::Statement* change : {&change_entries, &delete_entries, &delete_postings, &empty_ledger}) {
        EXPECT_EQ(constraint_of([&] { run(execute(db(), change)); }), "ledger_append_only") << change->name;
    }
    EXPECT_EQ(constraint_of([&] { run(execute(db(), &unbalanced)); }), "ledger_sums_to_zero");
    EXPECT_EQ(constraint_of([&] { run(execute(db(), &ownerless)); }), "ledger_entries_owner_check");
}

// The balances expected after random events, kept by a second, simpler book.
TEST_F(LedgerTest, AgreesWithASimpleBookAfterRandomEvents) {
    std::mt19937_64 random(11);
    const std::vector<UserId> drivers{rows_->add_user(), rows_->add_user(), rows_->add_user()};
    std::map<std::pair<Account, std::optional<UserId>>, std::int64_t> book;
    const auto pick = [&](std::size_t size) { return std::uniform_int_distribution<std::size_t>(0, size - 1)(random); };
    const Dinars escrow_before = of(Account::escrow);
    for (int round = 0; round < 150 * test::scale(); ++round) {
        const PostingRule& posting = posting_table()[pick(posting_table().size())];
        const auto part = [&](Part which) {
            return Dinars{posting.carries(which) ? static_cast<std::int64_t>(pick(5'000)) : 0};
        };
        const UserId driver = drivers[pick(drivers.size())];
        const Parts parts{part(Part::to_driver), part(Part::to_platform), part(Part::to_passenger)};
        ASSERT_TRUE(
            run(post_alone(db(), {.kind = posting.kind, .event_key = key(), .driver = driver, .parts = parts})));
        for (const Entry& entry : entries(posting.kind, parts)) {
            const auto owner = rule(entry.account).personal ? std::optional(driver) : std::nullopt;
            const std::int64_t sign = rule(entry.account).side == Side::debit ? 1 : -1;
            book[{entry.account, owner}] += sign * entry.amount.amount;
        }
    }
    for (const UserId driver : drivers) {
        EXPECT_EQ(of(Account::driver_payable, driver).amount, (book[{Account::driver_payable, driver}]));
        EXPECT_EQ(of(Account::payouts, driver).amount, (book[{Account::payouts, driver}]));
    }
    EXPECT_EQ((of(Account::escrow) - escrow_before).amount, (book[{Account::escrow, std::nullopt}]));
    Dinars all;
    for (const AccountRule& account : account_table()) {
        const Dinars stands = of(account.account);
        all += account.side == Side::debit ? stands : -stands;
    }
    EXPECT_EQ(all, Dinars{0});
}

}  // namespace
}  // namespace safargo::ledger
