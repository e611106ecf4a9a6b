#include "features/live/repository.hpp"

namespace safargo::live {
namespace {

constexpr db::Statement number_events{"live_number", "select number_user_events($1)"};

constexpr db::Statement begin_counting{"live_count", R"(
    insert into user_event_counts (user_id, numbered) values ($1, 0) on conflict do nothing)"};

// Positions have no gaps: where fewer rows are left than were numbered, some were pruned.
constexpr db::Statement find_start{"live_start", R"(
    select c.numbered, (select count(*) from user_events e where e.user_id = c.user_id and e.position > $2)
    from user_event_counts c where c.user_id = $1)"};

constexpr db::Statement read_events{"live_read", R"(
    select e.user_id, e.position, e.event, e.subject_id, e.what, e.at
    from unnest($1::uuid[], $2::bigint[]) as reader (user_id, after)
    cross join lateral (
        select user_id, position, event, subject_id, what, at from user_events
        where user_id = reader.user_id and position > reader.after order by position limit $3) e
    limit $4)"};

}  // namespace

Task<Start> EventRepository::start(db::Session& session, UserId user, std::optional<std::int64_t> last_seen) const {
    std::vector<db::Bound> statements;
    statements.push_back(db::bind(begin_counting, user));
    statements.push_back(db::bind(number_events, std::vector{user}));
    statements.push_back(db::bind(find_start, user, last_seen.value_or(0)));
    const auto answers = co_await session.batch(std::move(statements));
    const auto numbered = answers[2][0].get<std::int64_t>(0);
    const auto left = answers[2][0].get<std::int64_t>(1);
    if (!last_seen) co_return Start{.position = numbered};
    const bool whole = *last_seen <= numbered && numbered - *last_seen == left;
    if (!whole) co_return Start{.position = numbered, .missed = true};
    co_return Start{.position = *last_seen, .left = left};
}

Task<std::vector<StoredEvent>> EventRepository::read(db::Session& session, Readers readers) const {
    std::vector<db::Bound> statements;
    statements.push_back(db::bind(number_events, readers.people));
    statements.push_back(db::bind(read_events, readers.people, readers.after, events_per_person, events_per_reading));
    const auto answers = co_await session.batch(std::move(statements));
    std::vector<StoredEvent> events;
    events.reserve(answers[1].size());
    for (const db::Row row : answers[1]) {
        events.push_back({row.get<UserId>(0), row.get<std::int64_t>(1), row.get<std::string>(2), row.get<SubjectId>(3),
                          row.get<std::string>(4), row.get<Instant>(5)});
    }
    co_return events;
}

}  // namespace safargo::live
