#include "jobs/pruning.hpp"

#include "core/current_failure.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"

#include <array>

namespace safargo::jobs {
namespace {

using namespace std::chrono_literals;

struct Rule {
    db::Statement statement;  // of rows before $1, at most $2
    std::chrono::seconds kept;
};

constexpr std::array rules{
    Rule{{"prune_idempotency_keys", R"(
        delete from idempotency_keys where ctid = any(array(
            select ctid from idempotency_keys where created_at < $1 limit $2)))"},
         24h},
    Rule{{"prune_outbox", R"(
        delete from outbox where id = any(array(
            select id from outbox where sent_at is not null and sent_at < $1 limit $2)))"},
         24h * 7},
    Rule{{"prune_dead_letters", R"(
        delete from outbox where id = any(array(
            select id from outbox where dead_at is not null and dead_at < $1 limit $2)))"},
         24h * 30},
    Rule{{"prune_otp_codes", R"(
        delete from otp_codes where id = any(array(
            select id from otp_codes where created_at < $1 limit $2)))"},
         24h},
    // The day that is told counts in Algiers.
    Rule{{"prune_otp_guesses", R"(
        delete from otp_guesses where ctid = any(array(
            select ctid from otp_guesses
            where day < ($1::timestamptz at time zone interval '1 hour')::date limit $2)))"},
         24h},
    // A lost answer is asked for again within 30 s.
    Rule{{"forget_successors", R"(
        update refresh_tokens set successor = null where token_hash = any(array(
            select token_hash from refresh_tokens where successor is not null and replaced_at < $1 limit $2)))"},
         60s},
    Rule{{"prune_refresh_tokens", R"(
        delete from refresh_tokens where token_hash = any(array(
            select token_hash from refresh_tokens where expires_at < $1 limit $2)))"},
         0s},
    Rule{{"prune_revoked_sessions", R"(
        with gone as materialized (
            select id from sessions where revoked_at is not null and revoked_at < $1 limit $2
        ), tokens as (
            delete from refresh_tokens where session_id in (select id from gone)
        )
        delete from sessions where id in (select id from gone))"},
         24h * 30},
    // The newest refresh token of a session was issued when the session was last used, and lives 30 days.
    Rule{{"prune_abandoned_sessions", R"(
        delete from sessions where id = any(array(
            select id from sessions where last_used_at < $1
              and not exists (select from refresh_tokens where session_id = sessions.id) limit $2)))"},
         24h * (30 + 30)},
};

constexpr std::int64_t batch = 5'000;

Task<std::int64_t> apply(const Rule& rule, db::Session& session, Instant now) {
    std::int64_t gone = 0;
    for (std::int64_t deleted = batch; deleted == batch;) {
        const db::Rows rows = co_await session.query(rule.statement, now - rule.kept, batch);
        deleted = rows.affected();
        gone += deleted;
    }
    co_return gone;
}

}  // namespace

Task<std::int64_t> prune(db::Session& session, Instant now) {
    std::int64_t gone = 0;
    for (const Rule& rule : rules) {
        try {
            gone += co_await apply(rule, session, now);
        } catch (const DependencyUnavailable&) {
            throw;  // for all rules
        } catch (...) {
            const std::string what = describe_current_failure();
            log::error("not_pruned", {{"rule", rule.statement.name}, {"what", std::string_view(what)}});
        }
    }
    co_return gone;
}

}  // namespace safargo::jobs
