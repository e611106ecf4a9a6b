#include "features/notifications/personal_data.hpp"

namespace safargo::notifications {
namespace {

constexpr std::string_view exported_choices = R"(
    select coalesce((select jsonb_build_object('switched_off', switched_off, 'quiet_hours',
        case when quiet_from is not null then jsonb_build_object('from_minute', quiet_from, 'until_minute', quiet_until)
        end, 'changed_at', changed_at)
        from message_choices where user_id = $1), '{}'))";

// Not their endpoints and keys, by which anybody could write to them.
constexpr std::string_view exported_browsers = R"(
    select coalesce(jsonb_agg(jsonb_build_object('id', id, 'push_service', split_part(endpoint, '/', 3),
        'created_at', created_at) order by id), '[]') from push_subscriptions where user_id = $1)";

// Their words are sealed, and leave within a day.
constexpr std::string_view exported_letters = R"(
    select coalesce(jsonb_agg(jsonb_build_object('written_at', created_at, 'leaves_at', due_at) order by id), '[]')
        from quiet_letters where user_id = $1)";

constexpr db::Statement forget_browsers{"user_forget_push_subscriptions", R"(
    delete from push_subscriptions where user_id = $1)"};

constexpr db::Statement forget_choices{"user_forget_message_choices", R"(
    delete from message_choices where user_id = $1)"};

constexpr db::Statement forget_letters{"user_forget_quiet_letters", R"(
    delete from quiet_letters where user_id = $1)"};

Task<void> forget(db::Transaction& tx, UserId person, Instant) {
    co_await tx.query(forget_browsers, person);
    co_await tx.query(forget_choices, person);
    co_await tx.query(forget_letters, person);
}

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"message_choices", exported_choices},
                         {"push_subscriptions", exported_browsers},
                         {"waiting_messages", exported_letters}},
            .forget = forget};
}

}  // namespace safargo::notifications
