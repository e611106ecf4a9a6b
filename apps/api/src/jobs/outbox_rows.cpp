#include "jobs/outbox_rows.hpp"

namespace safargo::jobs {

// Of each kind, the index gives its due rows oldest first, and reading ends after $3 that lead their key; that is asked
// in a subquery, since a join would look at all due rows first. A row that another dispatcher claims at the same moment
// is locked, and skipped; or just claimed, and then its newest version no longer fits. `attempts` counts claims, so
// that a message that kills its process is counted, too.
constexpr db::Statement claim_messages{"outbox_claim", R"(
    with due as materialized (
        select id from (
            select found.*, row_number() over (partition by leased_until is null order by available_at, id) as place
            from unnest($1::text[]) as wanted (kind)
            cross join lateral (
                select id, available_at, leased_until from outbox
                where kind = wanted.kind and available_at <= $2 and sent_at is null and dead_at is null
                  and (leased_until is null or ($5 and leased_until <= $2))
                  and id = (select earlier.id from outbox earlier
                            where earlier.ordering_key = outbox.ordering_key
                              and earlier.sent_at is null and earlier.dead_at is null
                            order by earlier.id limit 1)
                order by available_at, id limit $3 for update skip locked) found) claimable
        where leased_until is null or place = 1
        order by available_at, id limit $3)
    update outbox set leased_until = $4, attempts = attempts + 1,
        lost_leases = case when leased_until is null then 0 else lost_leases + 1 end
    from due where outbox.id = due.id
    returning outbox.id, ordering_key, kind, payload, attempts, expires_at, lost_leases)"};

Task<std::vector<ClaimedMessage>> OutboxRows::claim(db::Session& session, std::vector<std::string> kinds,
                                                    std::size_t at_most, Instant now, Instant leased_until,
                                                    Suspects suspects) const {
    const db::Rows rows =
        co_await session.query(claim_messages, std::move(kinds), now, static_cast<std::int64_t>(at_most), leased_until,
                               suspects == Suspects::one);
    std::vector<ClaimedMessage> claimed;
    for (const db::Row row : rows) {
        claimed.push_back({{.ordering_key = row.get<std::string>(1),
                            .kind = row.get<std::string>(2),
                            .payload = row.get<std::string>(3),
                            .id = row.get<std::int64_t>(0),
                            .attempts = row.get<std::int32_t>(4) - 1,
                            .expires_at = row.get<std::optional<Instant>>(5)},
                           leased_until,
                           row.get<std::int32_t>(6)});
    }
    co_return claimed;
}

constexpr db::Statement mark_message_sent{"outbox_sent", R"(
    update outbox set sent_at = $3, leased_until = null, payload = '', last_error = null
    where id = $1 and leased_until = $2)"};

Task<void> OutboxRows::mark_sent(db::Session& session, ClaimedMessage claimed, Instant now) const {
    co_await session.query(mark_message_sent, claimed.message.id, claimed.leased_until, now);
}

constexpr db::Statement put_message_back{"outbox_retry", R"(
    with head as (
        update outbox set available_at = $3, leased_until = null, last_error = $4
        where id = $1 and leased_until = $2 returning id, ordering_key)
    update outbox set available_at = $3 from head
    where outbox.ordering_key = head.ordering_key and outbox.id > head.id and outbox.available_at < $3
      and outbox.sent_at is null and outbox.dead_at is null)"};

Task<void> OutboxRows::retry_at(db::Session& session, ClaimedMessage claimed, Instant when, std::string why) const {
    co_await session.query(put_message_back, claimed.message.id, claimed.leased_until, when, std::move(why));
}

constexpr db::Statement set_message_aside{"outbox_set_aside", R"(
    update outbox set available_at = 'infinity', leased_until = null, last_error = $3
    where id = $1 and leased_until = $2)"};

Task<void> OutboxRows::set_aside(db::Session& session, ClaimedMessage claimed, std::string why) const {
    co_await session.query(set_message_aside, claimed.message.id, claimed.leased_until, std::move(why));
}

constexpr db::Statement bury_message{"outbox_bury", R"(
    update outbox set dead_at = $3, leased_until = null, last_error = $4,
        payload = case when $5 then '' else payload end
    where id = $1 and leased_until = $2)"};

Task<void> OutboxRows::bury(db::Session& session, ClaimedMessage claimed, Instant now, std::string why,
                            bool forget) const {
    co_await session.query(bury_message, claimed.message.id, claimed.leased_until, now, std::move(why), forget);
}

}  // namespace safargo::jobs
