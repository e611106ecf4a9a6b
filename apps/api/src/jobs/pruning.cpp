#include "jobs/pruning.hpp"

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
    Rule{{"prune_otp_codes", R"(
        delete from otp_codes where id = any(array(
            select id from otp_codes where created_at < $1 limit $2)))"},
         24h},
    Rule{{"prune_refresh_tokens", R"(
        delete from refresh_tokens where token_hash = any(array(
            select token_hash from refresh_tokens where expires_at < $1 limit $2)))"},
         0s},
};

constexpr std::int64_t batch = 5'000;

}  // namespace

Task<std::int64_t> prune(db::Session& session, Instant now) {
    std::int64_t gone = 0;
    for (const Rule& rule : rules) {
        for (std::int64_t deleted = batch; deleted == batch;) {
            const db::Rows rows = co_await session.query(rule.statement, now - rule.kept, batch);
            deleted = rows.affected();
            gone += deleted;
        }
    }
    co_return gone;
}

}  // namespace safargo::jobs
