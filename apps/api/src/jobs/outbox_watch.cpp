#include "jobs/outbox_watch.hpp"

#include "core/metrics.hpp"

namespace safargo::jobs {
namespace {

constexpr db::Statement read_state{"outbox_watch", R"(
    select count(*) filter (where (attempts >= $2 or available_at = 'infinity') and kind like 'payment.%'),
           count(*) filter (where (attempts >= $2 or available_at = 'infinity') and kind not like 'payment.%'),
           coalesce(extract(epoch from $1 - min(available_at) filter (where available_at <= $1)), 0)::bigint,
           (select count(*) from outbox where dead_at is not null)
    from outbox where sent_at is null and dead_at is null)"};

metrics::Gauge stuck(const char* family) {
    return metrics::gauge("safargo_outbox_stuck", "Outbox rows that fail again and again, or were set aside",
                          {{"family", family}});
}

}  // namespace

Task<void> watch_outbox(db::Session& session, Instant now) {
    static const auto money = stuck("payment"), other = stuck("other");
    static const auto lag =
        metrics::gauge("safargo_outbox_lag_seconds", "For how long the oldest due outbox row has been waiting");
    static const auto dead = metrics::gauge("safargo_outbox_dead", "Outbox rows that were given up");
    const db::Rows rows = co_await session.query(read_state, now, static_cast<std::int32_t>(stuck_after));
    const auto number = [row = rows[0]](int column) { return static_cast<double>(row.get<std::int64_t>(column)); };
    money.set(number(0));
    other.set(number(1));
    lag.set(number(2));
    dead.set(number(3));
}

}  // namespace safargo::jobs
