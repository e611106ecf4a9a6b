#include "features/live/personal_data.hpp"

namespace safargo::live {
namespace {

constexpr std::string_view exported_events = R"(
    select coalesce(jsonb_agg(to_jsonb(e)), '[]') from (select event, subject_id, what, at
        from user_events where user_id = $1 order by user_events.id) e)";

// In the order in which a stream locks them.
constexpr db::Statement forget_counts{"user_forget_event_counts", R"(
    delete from user_event_counts where user_id = $1)"};
constexpr db::Statement forget_events{"user_forget_events", R"(delete from user_events where user_id = $1)"};

Task<void> forget(db::Transaction& tx, UserId person, Instant) {
    co_await tx.query(forget_counts, person);
    co_await tx.query(forget_events, person);
}

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"events", exported_events}}, .forget = forget};
}

}  // namespace safargo::live
