#include "features/ledger/service.hpp"

#include "contract/described.hpp"

#include <stdexcept>

namespace safargo::ledger {
namespace {

// A second posting of an event waits for the first, then finds it and writes nothing.
constexpr db::Statement insert_posting{"ledger_post", R"(
    with posted as (
        insert into ledger_transactions (id, kind, event_key, booking_id, payment_id, created_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (event_key) do nothing
        returning id
    ), written as (
        insert into ledger_entries (transaction_id, account, user_id, amount)
        select posted.id, line.account, case when line.account = any ($9::text[]) then $10::uuid end, line.amount
        from posted, unnest($7::text[], $8::bigint[]) as line (account, amount)
    )
    select count(*) from posted)"};

constexpr db::Statement sum_account{"ledger_balance", R"(
    select coalesce(sum(amount), 0)::bigint from ledger_entries
    where account = $1 and ($2::uuid is null or user_id = $2))"};

constexpr db::Statement sum_shares{"ledger_shares", R"(
    select coalesce(-sum(amount) filter (where account = 'driver_payable'), 0)::bigint,
           coalesce(-sum(amount) filter (where account = 'platform_revenue'), 0)::bigint
    from ledger_entries
    where transaction_id in (select id from ledger_transactions where payment_id = $1))"};

std::vector<std::string> personal_accounts() {
    std::vector<std::string> names;
    for (const AccountRule& account : account_table()) {
        if (account.personal) names.emplace_back(contract::enum_name(account.account));
    }
    return names;
}

}  // namespace

Task<bool> post(db::Transaction& tx, Posting posting, Instant now) {
    std::vector<std::string> accounts;
    std::vector<std::int64_t> amounts;
    for (const Entry& entry : entries(posting.kind, posting.parts)) {
        if (rule(entry.account).personal && !posting.driver) throw std::logic_error("a posting needs its driver");
        accounts.emplace_back(contract::enum_name(entry.account));
        amounts.push_back(entry.amount.amount);
    }
    const db::Rows posted = co_await tx.query(insert_posting, Uuid::v7(now), contract::enum_name(posting.kind),
                                              posting.event_key, posting.booking, posting.payment, now, accounts,
                                              amounts, personal_accounts(), posting.driver);
    co_return posted[0].get<std::int64_t>(0) == 1;
}

Task<Dinars> balance(db::Session& session, Account account, std::optional<UserId> user) {
    const db::Rows sum = co_await session.query(sum_account, contract::enum_name(account), user);
    const auto debit = sum[0].get<Dinars>(0);
    co_return rule(account).side == Side::debit ? debit : -debit;
}

Task<Parts> shares(db::Session& session, PaymentId payment) {
    const db::Rows sum = co_await session.query(sum_shares, payment);
    co_return Parts{.to_driver = sum[0].get<Dinars>(0), .to_platform = sum[0].get<Dinars>(1), .to_passenger = {}};
}

}  // namespace safargo::ledger
