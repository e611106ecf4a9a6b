// Money stays in the books permanently, under an id that no longer identifies a person.
#include "features/ledger/personal_data.hpp"

namespace safargo::ledger {
namespace {

constexpr std::string_view exported_earnings = R"(
    select coalesce(jsonb_agg(to_jsonb(e)), '[]') from (select t.kind, t.booking_id, l.account, -l.amount as amount,
        t.created_at from ledger_entries l join ledger_transactions t on t.id = l.transaction_id
        where l.account in ('driver_payable', 'payouts') and l.user_id = $1 order by t.created_at, l.id) e)";

// A debit is positive and a credit negative: what we owe a driver is below zero.
constexpr std::string_view owed_earnings = R"(
    select (-coalesce(sum(amount), 0))::bigint from ledger_entries where account = 'driver_payable' and user_id = $1)";

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"earnings", exported_earnings}},
            .open_business = {{.sql = owed_earnings, .field = "earnings", .rule = Rule::earnings_owed}}};
}

}  // namespace safargo::ledger
