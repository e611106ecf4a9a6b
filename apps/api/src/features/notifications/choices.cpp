#include "features/notifications/choices.hpp"

#include "core/enum_names.hpp"

#include <algorithm>

namespace safargo::notifications {
namespace {

constexpr db::Statement find_choices{"message_choices_find", R"(
    select switched_off, quiet_from, quiet_until from message_choices where user_id = $1)"};

// Waits for a person who is leaving, and then writes nothing.
constexpr db::Statement change_choices{"message_choices_change", R"(
    insert into message_choices as c (user_id, switched_off, changed_at, quiet_from, quiet_until)
    select u.id, $2::text[], $4, $6::int, $7::int from users u where u.id = $1 and u.status <> 'deleted' for key share
    on conflict (user_id) do update set changed_at = excluded.changed_at, switched_off = array(
        select unnest(c.switched_off) union select unnest(excluded.switched_off) except select unnest($3::text[])
        order by 1),
        quiet_from = case when $5 then excluded.quiet_from else c.quiet_from end,
        quiet_until = case when $5 then excluded.quiet_until else c.quiet_until end
    returning switched_off, quiet_from, quiet_until)"};

Choices choices_from(const db::Row& row) {
    using Minute = std::optional<std::int32_t>;
    Choices choices{.switched_off = row.get<std::vector<std::string>>(0)};
    const auto from = row.get<Minute>(1), until = row.get<Minute>(2);
    if (from && until) choices.quiet_hours = QuietHours{{std::chrono::minutes(*from)}, {std::chrono::minutes(*until)}};
    return choices;
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
    std::optional<std::int32_t> from, until;
    if (change.quiet_hours) {
        from = static_cast<std::int32_t>(change.quiet_hours->from.minutes.count());
        until = static_cast<std::int32_t>(change.quiet_hours->until.minutes.count());
    }
    const db::Rows rows = co_await session.query(change_choices, person, change.off, change.on, now,
                                                 change.sets_quiet_hours, from, until);
    if (rows.empty()) co_return std::nullopt;
    co_return choices_from(rows[0]);
}

}  // namespace safargo::notifications
