// The nightly proof. Each check returns one sentence per discrepancy.
#include "features/ledger/service.hpp"

namespace safargo::ledger {
namespace {

constexpr db::Statement transactions_balance{"ledger_prove_transactions", R"(
    select 'transaction ' || transaction_id || ' sums to ' || sum(amount)
    from ledger_entries group by transaction_id having sum(amount) <> 0
    order by transaction_id limit 100)"};

constexpr db::Statement totals_agree{"ledger_prove_totals", R"(
    with entries as (
        select coalesce(sum(e.amount), 0) as everything,
               coalesce(sum(e.amount) filter (where e.account = 'escrow'), 0) as escrow,
               coalesce(sum(e.amount) filter (
                   where e.account in ('driver_payable', 'platform_revenue') and t.kind <> 'payout'), 0) as shares
        from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
    ), money as (
        select coalesce(sum(amount) filter (where status = 'hold'), 0) as held,
               coalesce(sum(amount - refunded) filter (
                   where status in ('captured', 'refunded') and method <> 'cash'), 0) as captured
        from payments
    )
    select 'all entries sum to ' || everything from entries where everything <> 0
    union all
    select 'escrow is ' || -escrow || ', held payments are ' || held from entries, money where -escrow <> held
    union all
    select 'shares are ' || -shares || ', captured payments are ' || captured from entries, money
    where -shares <> captured)"};

constexpr db::Statement payments_agree{"ledger_prove_payments", R"(
    with found as (
        select t.payment_id,
               coalesce(-sum(e.amount) filter (where e.account = 'escrow'), 0) as escrow,
               coalesce(sum(e.amount) filter (
                   where e.account = 'provider_clearing' and t.kind <> 'provider_fee'), 0) as clearing,
               coalesce(-sum(e.amount) filter (where e.account = 'driver_payable'), 0) as driver,
               coalesce(-sum(e.amount) filter (where e.account = 'platform_revenue'), 0) as platform,
               coalesce(sum(e.amount) filter (where e.account = 'cash'), 0) as cash
        from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
        where t.payment_id is not null group by t.payment_id
    ), compared as (
        select p.id, p.status, p.amount, p.refunded, p.price - p.price_back as price,
               p.service_fee - p.fee_back as service_fee, p.price_back + p.fee_back as back,
               p.method <> 'cash' and p.status in ('hold', 'captured', 'refunded') as online,
               p.method = 'cash' and p.status = 'captured' as in_cash,
               coalesce(escrow, 0) as escrow, coalesce(clearing, 0) as clearing, coalesce(cash, 0) as cash,
               coalesce(driver, 0) as driver, coalesce(platform, 0) as platform
        from payments p left join found on found.payment_id = p.id
    )
    select 'payment ' || id || ' (' || status || ', ' || amount || ', refunded ' || refunded || ') has escrow '
        || escrow || ', provider_clearing ' || clearing || ', driver ' || driver || ', platform ' || platform
        || ', cash ' || cash
    from compared
    where escrow <> case when status = 'hold' then amount else 0 end
       or clearing <> case when online then amount - refunded else 0 end
       or driver + platform <> case when online and status <> 'hold' then amount - refunded else 0 end
       or (online and status = 'captured' and (driver <> price or platform <> service_fee))
       or cash <> case when in_cash then amount - back else 0 end
    order by id limit 100)"};

constexpr db::Statement postings_exist{"ledger_prove_postings", R"(
    with found as (
        select payment_id, array_agg(kind) as kinds from ledger_transactions
        where payment_id is not null group by payment_id
    )
    select 'payment ' || p.id || ' is ' || p.status || ' with postings ' || coalesce(found.kinds::text, '{}')
    from payments p left join found on found.payment_id = p.id
    where not case
        when p.method = 'cash' and p.status = 'captured' then coalesce(found.kinds, '{}') @> '{cash}'
        when p.status = 'hold' then coalesce(found.kinds, '{}') @> '{hold}'
        when p.status = 'captured' then coalesce(found.kinds, '{}') @> '{hold,capture}'
        when p.status = 'refunded' then coalesce(found.kinds, '{}') @> '{hold}'
            and found.kinds && '{release,fee,late_cancellation,refund}'
        else true end
    order by p.id limit 100)"};

}  // namespace

Task<std::vector<std::string>> prove(db::Database& database) {
    std::vector<std::string> discrepancies;
    db::Transaction snapshot = co_await database.begin(db::Isolation::repeatable_read);
    for (const db::Statement* check : {&transactions_balance, &totals_agree, &payments_agree, &postings_exist}) {
        const db::Rows found = co_await snapshot.query(*check);
        for (const db::Row row : found) discrepancies.push_back(row.get<std::string>(0));
    }
    co_await snapshot.rollback();
    co_return discrepancies;
}

}  // namespace safargo::ledger
