#include "jobs/fan_out.hpp"

#include <algorithm>

namespace safargo::jobs {

std::string delivery_kind(const std::string& kind, const std::string& subscriber) {
    return kind + '>' + subscriber;
}

FanOut::FanOut(const db::Subscriptions& subscriptions, const db::DeclaredKinds& declared) {
    for (const db::Subscription& subscription : subscriptions) {
        for (const db::Handling& handling : subscription.handlings) {
            kinds_.push_back(handling.kind);
            subscribers_.push_back(subscription.name);
            declared_.push_back(handling.kind);
        }
    }
    for (const db::DeclaredKind& kind : declared) declared_.push_back(kind.name);
    std::ranges::sort(declared_);
    declared_.erase(std::ranges::unique(declared_).begin(), declared_.end());
}

Task<void> FanOut::refresh_subscriptions(db::Session& session, Instant now) {
    if (known_at_ && now - *known_at_ < registry_refresh) co_return;
    if (!known_at_) co_await enter(session);
    co_await read(session);
    known_at_ = now;
}

namespace {

// Processes register one at a time, so that each sees the others' subscriptions.
constexpr db::Statement take_turns{"outbox_subscribe_turn",
                                   "select pg_advisory_xact_lock(hashtext('outbox_subscriptions'))"};

constexpr db::Statement enter_subscriptions{"outbox_subscribe", R"(
    insert into outbox_subscriptions (kind, subscriber, since)
    select kind, subscriber,
           case when exists (select from outbox_subscriptions known where known.kind = ours.kind)
                then (select coalesce(max(id), 0) + 1 from outbox) else 0 end
    from unnest($1::text[], $2::text[]) as ours (kind, subscriber)
    on conflict do nothing)"};

// All kinds of a subscriber switch together, and back only once all its own rows are delivered: otherwise some events
// would be overtaken.
constexpr db::Statement settle_shared{"outbox_settle_shared", R"(
    update outbox_subscriptions set shared = found.shared
    from (select distinct subscriber,
                 exists (select from outbox_subscriptions mine
                         join outbox_subscriptions other on other.kind = mine.kind and other.subscriber <> mine.subscriber
                         where mine.subscriber = listed.subscriber)
                 or exists (select from outbox_subscriptions mine
                            join outbox on outbox.kind = mine.kind || '>' || mine.subscriber
                             and outbox.sent_at is null and outbox.dead_at is null
                            where mine.subscriber = listed.subscriber) as shared
          from outbox_subscriptions listed) found
    where found.subscriber = outbox_subscriptions.subscriber and found.shared <> outbox_subscriptions.shared)"};

}  // namespace

Task<void> FanOut::enter(db::Session& session) const {
    std::vector<db::Bound> steps;
    steps.push_back(db::bind(take_turns));
    steps.push_back(db::bind(enter_subscriptions, kinds_, subscribers_));
    steps.push_back(db::bind(settle_shared));
    co_await session.batch(std::move(steps));
}

constexpr db::Statement read_subscriptions{"outbox_subscriptions", R"(
    select kind, subscriber, shared,
           exists (select from outbox where outbox.kind = known.kind || '>' || known.subscriber
                   and sent_at is null and dead_at is null)
    from outbox_subscriptions known where kind = any($1::text[]))"};

Task<void> FanOut::read(db::Session& session) {
    const db::Rows rows = co_await session.query(read_subscriptions, declared_);
    known_.clear();
    for (const db::Row row : rows) {
        known_.push_back({.kind = row.get<std::string>(0),
                          .subscriber = row.get<std::string>(1),
                          .shared = row.get<bool>(2),
                          .has_own_rows = row.get<bool>(3)});
    }
    choose_kinds_to_expand();
}

// Kinds with several subscribers or none.
void FanOut::choose_kinds_to_expand() {
    to_expand_.clear();
    for (const std::string& kind : declared_) {
        const auto known = std::ranges::find(known_, kind, &Known::kind);
        if (known == known_.end() || known->shared) to_expand_.push_back(kind);
    }
}

std::vector<std::string> FanOut::rows_for(const db::Subscription& subscriber) const {
    std::vector<std::string> kinds;
    for (const db::Handling& handling : subscriber.handlings) {
        const auto is_it = [&](const Known& known) {
            return known.kind == handling.kind && known.subscriber == subscriber.name;
        };
        const auto known = std::ranges::find_if(known_, is_it);
        if (known == known_.end() || !known->shared) kinds.push_back(handling.kind);
        if (known != known_.end() && (known->shared || known->has_own_rows)) {
            kinds.push_back(delivery_kind(handling.kind, subscriber.name));
        }
    }
    return kinds;
}

namespace {

// At most $3 rows of a kind. A row stays while an earlier one with its key may have to be delivered first: only a row
// that is itself the delivery to another subscriber does not block it. Rows being expanded by another process are
// locked and so still block later ones. The registry decides, not this process's copy of it.
constexpr db::Statement expand_rows{"outbox_fan_out", R"(
    with due as materialized (
        select found.* from unnest($1::text[]) as wanted (kind)
        cross join lateral (
            select id, ordering_key, kind, payload, created_at, available_at, expires_at from outbox
            where kind = wanted.kind and available_at <= $2 and sent_at is null and dead_at is null
              and (leased_until is null or leased_until <= $2)
              and (select earlier.id from outbox earlier
                   where earlier.ordering_key = outbox.ordering_key and earlier.id < outbox.id
                     and earlier.sent_at is null and earlier.dead_at is null
                     and coalesce((select bool_or(heard.shared) from outbox_subscriptions heard
                                   where heard.kind = earlier.kind), true)
                   order by earlier.id limit 1) is null
            order by available_at, id limit $3 for update skip locked) found
        where not exists (select from outbox_subscriptions alone where alone.kind = wanted.kind and not alone.shared)
    ), told as (
        insert into outbox (ordering_key, kind, payload, created_at, available_at, expires_at, event_id)
        select ordering_key || '>' || subscriber, due.kind || '>' || subscriber, payload, created_at, available_at,
               expires_at, id
        from due join outbox_subscriptions who on who.kind = due.kind and who.since <= due.id
        order by id, subscriber)
    update outbox set sent_at = $2, payload = '', leased_until = null, last_error = null, reaches_all = true
    where id = any (array(select id from due)))"};

constexpr std::int64_t at_most_of_a_kind = 100;

}  // namespace

Task<std::int64_t> FanOut::expand_due(db::Session& session, Instant now) const {
    if (to_expand_.empty()) co_return 0;
    const db::Rows rows = co_await session.query(expand_rows, to_expand_, now, at_most_of_a_kind);
    co_return rows.affected();
}

}  // namespace safargo::jobs
