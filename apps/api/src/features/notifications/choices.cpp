#include "features/notifications/choices.hpp"

#include "core/enum_names.hpp"

#include <algorithm>

namespace safargo::notifications {
namespace {

constexpr db::Statement find_choices{"message_choices_find", R"(
    select switched_off from message_choices where user_id = $1)"};

// Waits for a person who is leaving, and then writes nothing.
constexpr db::Statement change_choices{"message_choices_change", R"(
    insert into message_choices as c (user_id, switched_off, changed_at)
    select u.id, $2::text[], $4 from users u where u.id = $1 and u.status <> 'deleted' for key share
    on conflict (user_id) do update set changed_at = excluded.changed_at, switched_off = array(
        select unnest(c.switched_off) union select unnest(excluded.switched_off) except select unnest($3::text[])
        order by 1)
    returning switched_off)"};

Choices choices_from(const db::Row& row) {
    return {.switched_off = row.get<std::vector<std::string>>(0)};
}

}  // namespace

bool Choices::allow(MessageKind kind, Channel channel) const {
    return always_sent(kind) || std::ranges::count(switched_off, switch_name(kind, channel)) == 0;
}

std::string switch_name(MessageKind kind, Channel channel) {
    return std::string(enum_name(kind)) + '.' + std::string(enum_name(channel));
}

Task<Choices> ChoiceRows::find(db::Session& session, UserId person) {
    const db::Rows rows = co_await session.query(find_choices, person);
    co_return rows.empty() ? Choices{} : choices_from(rows[0]);
}

Task<std::optional<Choices>> ChoiceRows::change(db::Session& session, UserId person, Change change, Instant now) {
    std::ranges::sort(change.off);
    const db::Rows rows = co_await session.query(change_choices, person, change.off, change.on, now);
    if (rows.empty()) co_return std::nullopt;
    co_return choices_from(rows[0]);
}

}  // namespace safargo::notifications
