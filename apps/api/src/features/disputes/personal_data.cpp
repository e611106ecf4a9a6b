#include "features/disputes/personal_data.hpp"

namespace safargo::disputes {
namespace {

constexpr std::string_view exported_disputes = R"(
    select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (select d.id, d.booking_id, d.status, d.opened_by = $1 as
        opened_by_me, case when d.opened_by = $1 then d.reason end as reason, case when d.opened_by = $1 then d.text
        end as text, case when d.opened_by <> $1 then d.answer end as answer, d.refund, d.created_at, d.resolved_at
        from disputes d join bookings b on b.id = d.booking_id
        where d.opened_by = $1 or ((b.user_id = $1 or b.driver_id = $1) and d.answer is not null)
        order by d.created_at, d.id) x)";

// An undecided dispute blocks account deletion (its booking is open); for a decided one the decision stays.
constexpr db::Statement forget_dispute_words{"user_forget_dispute_words", R"(
    update disputes set text = null where opened_by = $1 and text is not null)"};

constexpr db::Statement forget_dispute_answers{"user_forget_dispute_answers", R"(
    update disputes d set answer = null from bookings b
    where b.id = d.booking_id and (b.user_id = $1 or b.driver_id = $1) and d.opened_by <> $1 and d.answer is not null)"};

Task<void> forget(db::Transaction& tx, UserId person, Instant) {
    co_await tx.query(forget_dispute_words, person);
    co_await tx.query(forget_dispute_answers, person);
}

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"disputes", exported_disputes}}, .forget = forget};
}

}  // namespace safargo::disputes
