#include "api/idempotency.hpp"

#include <algorithm>

namespace safargo::api {
namespace {

constexpr std::chrono::hours kept{24};

// Held until the end of the transaction, so a second request with the same key is told to wait.
constexpr db::Statement try_lock_key{"idempotency_lock", R"(
    select pg_try_advisory_xact_lock(hashtextextended($1, 0)))"};

constexpr db::Statement find_answer{"idempotency_find", R"(
    select request_hash, status, response, etag, finished from idempotency_keys
    where user_id = $1 and route = $2 and key = $3 and created_at > $4)"};

constexpr db::Statement store_answer{"idempotency_store", R"(
    insert into idempotency_keys (user_id, route, key, request_hash, status, response, etag, finished, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (user_id, route, key) do update set request_hash = excluded.request_hash, status = excluded.status,
        response = excluded.response, etag = excluded.etag, finished = excluded.finished, created_at = excluded.created_at)"};

constexpr db::Statement finish_answer{"idempotency_finish", R"(
    update idempotency_keys set status = $5, response = $6, etag = $7, finished = true
    where user_id = $1 and route = $2 and key = $3 and request_hash = $4 and not finished)"};

constexpr db::Statement begin_effect{"idempotency_savepoint", "savepoint effect"};

}  // namespace

Checked<std::string> parse_idempotency_key(std::string_view header) {
    if (header.empty()) return refuse(Rule::required);
    if (header.size() > 255) return refuse(Rule::too_long, "255");
    const bool visible = std::ranges::all_of(header, [](char c) { return c > 0x20 && c < 0x7f; });
    if (!visible) return refuse(Rule::bad_encoding);
    return std::string(header);
}

Task<Result<std::optional<StoredAnswer>>> claim(db::Transaction& tx, const IdempotencyKey& key, Instant now) {
    const std::string name = key.user.str() + ' ' + key.route + ' ' + key.key;
    // One round trip; each statement sees what was committed before it began, so the answer of whoever held the lock.
    std::vector<db::Bound> steps;
    steps.push_back(db::bind(try_lock_key, name));
    steps.push_back(db::bind(find_answer, key.user, key.route, key.key, now - kept));
    steps.push_back(db::bind(begin_effect));
    const std::vector<db::Rows> answers = co_await tx.batch(std::move(steps));
    if (!answers[0][0].get<bool>(0)) {
        co_return fail(Error{.code = Code::request_in_progress, .retry_after = std::chrono::seconds{1}});
    }
    if (answers[1].empty()) co_return std::optional<StoredAnswer>{};
    const db::Row row = answers[1][0];
    if (row.get<std::string_view>(0) != key.request_hash) co_return fail(Code::idempotency_key_reused);
    co_return StoredAnswer{row.get<std::int16_t>(1), row.get<std::string>(2), row.get<std::string>(3),
                           row.get<bool>(4)};
}

void store(db::Transaction& tx, const IdempotencyKey& key, const StoredAnswer& answer, Instant now) {
    tx.defer(store_answer, key.user, key.route, key.key, key.request_hash, static_cast<std::int16_t>(answer.status),
             answer.body, answer.etag, answer.finished, now);
}

Task<void> finish(db::Session& session, const IdempotencyKey& key, StoredAnswer answer) {
    co_await session.query(finish_answer, key.user, key.route, key.key, key.request_hash,
                           static_cast<std::int16_t>(answer.status), std::move(answer.body), std::move(answer.etag));
}

}  // namespace safargo::api
