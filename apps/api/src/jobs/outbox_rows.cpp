#include "jobs/outbox_rows.hpp"

namespace safargo::jobs {

// $1, $2 and $3 give each kind's room and the room's size. For each kind the index yields due rows oldest first, and
// reading stops after enough rows that lead their key; this is tested in a subquery, since a join would read all due
// rows first. A row is blocked by an earlier one of the same subscriber, or of a kind without a known subscriber. A row
// claimed by another dispatcher at the same moment is locked and skipped, or was just claimed and then its newest
// version no longer matches. `attempts` counts claims, so that messages that kill their process are counted, too.
constexpr db::Statement claim_messages{"outbox_claim", R"(
    with wanted as materialized (
        select ours.kind, room, at_most, mine.subscriber
        from unnest($1::text[], $2::int[], $3::bigint[]) as ours (kind, room, at_most)
        left join outbox_subscriptions mine on mine.kind = ours.kind
        where mine.shared is not true
    ), due as materialized (
        select id from (
            select claimable.*, row_number() over (partition by room order by available_at, id) as nth from (
                select found.*, room, at_most,
                       row_number() over (partition by leased_until is null order by available_at, id) as place
                from wanted
                cross join lateral (
                    select id, available_at, leased_until from outbox
                    where kind = wanted.kind and available_at <= $4 and sent_at is null and dead_at is null
                      and (leased_until is null or ($6 and leased_until <= $4))
                      and (select earlier.id from outbox earlier
                           where earlier.ordering_key = outbox.ordering_key and earlier.id < outbox.id
                             and earlier.sent_at is null and earlier.dead_at is null
                             and (earlier.kind = wanted.kind
                                  or coalesce((select bool_or(heard.subscriber = wanted.subscriber)
                                               from outbox_subscriptions heard where heard.kind = earlier.kind), true))
                           order by earlier.id limit 1) is null
                    order by available_at, id limit wanted.at_most for update skip locked) found) claimable
            where leased_until is null or place = 1) numbered
        where nth <= at_most)
    update outbox set leased_until = $5, attempts = attempts + 1, reaches_all = true,
        lost_leases = case when leased_until is null then 0 else lost_leases + 1 end
    where id = any (array(select id from due))
    returning id, ordering_key, kind, payload, attempts, expires_at, lost_leases, event_id)"};

db::Bound claiming(const Claim& wanted) {
    std::vector<std::string> kinds;
    std::vector<std::int32_t> rooms;
    std::vector<std::int64_t> at_most;
    for (std::size_t room = 0; room < wanted.rooms.size(); ++room) {
        for (const std::string& kind : wanted.rooms[room].kinds) {
            kinds.push_back(kind);
            rooms.push_back(static_cast<std::int32_t>(room));
            at_most.push_back(static_cast<std::int64_t>(wanted.rooms[room].at_most));
        }
    }
    return db::bind(claim_messages, kinds, rooms, at_most, wanted.now, wanted.leased_until,
                    wanted.suspects == Suspects::one);
}

constexpr db::Statement mark_messages_sent{"outbox_sent", R"(
    update outbox set sent_at = $3, leased_until = null, payload = '', last_error = null
    from unnest($1::bigint[], $2::timestamptz[]) as sent (id, leased_until)
    where outbox.id = sent.id and outbox.leased_until = sent.leased_until)"};

db::Bound marking(const std::vector<ClaimedMessage>& sent, Instant now) {
    std::vector<std::int64_t> ids;
    std::vector<Instant> leases;
    for (const ClaimedMessage& claimed : sent) {
        ids.push_back(claimed.row);
        leases.push_back(claimed.leased_until);
    }
    return db::bind(mark_messages_sent, ids, leases, now);
}

// A row for one subscriber has the subscriber's name appended to the kind and the key of its publication.
ClaimedMessage claimed_from(const db::Row& row, Instant leased_until) {
    ClaimedMessage claimed{{.ordering_key = row.get<std::string>(1),
                            .kind = row.get<std::string>(2),
                            .payload = row.get<std::string>(3),
                            .id = row.get<std::int64_t>(0),
                            .attempts = row.get<std::int32_t>(4) - 1,
                            .expires_at = row.get<std::optional<Instant>>(5)},
                           leased_until,
                           row.get<std::int32_t>(6),
                           row.get<std::int64_t>(0)};
    const auto event = row.get<std::optional<std::int64_t>>(7);
    const std::size_t end_of_kind = claimed.message.kind.find('>');
    if (!event || end_of_kind == std::string::npos) return claimed;
    claimed.subscriber = claimed.message.kind.substr(end_of_kind + 1);
    claimed.message.kind.resize(end_of_kind);
    claimed.message.ordering_key.resize(claimed.message.ordering_key.size() - claimed.subscriber.size() - 1);
    claimed.message.id = *event;
    return claimed;
}

Task<std::vector<ClaimedMessage>> OutboxRows::claim(db::Session& session, Claim wanted,
                                                    std::vector<ClaimedMessage> sent) const {
    std::vector<db::Bound> steps;
    if (!sent.empty()) steps.push_back(marking(sent, wanted.now));
    steps.push_back(claiming(wanted));
    const std::vector<db::Rows> answers = co_await session.batch(std::move(steps));
    std::vector<ClaimedMessage> claimed;
    for (const db::Row row : answers.back()) claimed.push_back(claimed_from(row, wanted.leased_until));
    co_return claimed;
}

Task<void> OutboxRows::mark_sent(db::Session& session, std::vector<ClaimedMessage> sent, Instant now) const {
    std::vector<db::Bound> steps;
    steps.push_back(marking(sent, now));
    co_await session.batch(std::move(steps));
}

constexpr db::Statement put_message_back{"outbox_retry", R"(
    with head as (
        update outbox set available_at = $3, leased_until = null, last_error = $4
        where id = $1 and leased_until = $2 returning id, ordering_key, kind)
    update outbox set available_at = $3 from head
    where outbox.ordering_key = head.ordering_key and outbox.id > head.id and outbox.available_at < $3
      and outbox.sent_at is null and outbox.dead_at is null
      and coalesce((select bool_or(heard.subscriber in (select mine.subscriber from outbox_subscriptions mine
                                                        where mine.kind = head.kind))
                    from outbox_subscriptions heard where heard.kind = outbox.kind), true))"};

Task<void> OutboxRows::retry_at(db::Session& session, ClaimedMessage claimed, Instant when, std::string why) const {
    co_await session.query(put_message_back, claimed.row, claimed.leased_until, when, std::move(why));
}

constexpr db::Statement set_message_aside{"outbox_set_aside", R"(
    update outbox set available_at = 'infinity', leased_until = null, last_error = $3
    where id = $1 and leased_until = $2)"};

Task<void> OutboxRows::set_aside(db::Session& session, ClaimedMessage claimed, std::string why) const {
    co_await session.query(set_message_aside, claimed.row, claimed.leased_until, std::move(why));
}

constexpr db::Statement bury_message{"outbox_bury", R"(
    update outbox set dead_at = $3, leased_until = null, last_error = $4,
        payload = case when $5 then '' else payload end
    where id = $1 and leased_until = $2)"};

Task<void> OutboxRows::bury(db::Session& session, ClaimedMessage claimed, Instant now, std::string why,
                            bool forget) const {
    co_await session.query(bury_message, claimed.row, claimed.leased_until, now, std::move(why), forget);
}

}  // namespace safargo::jobs
