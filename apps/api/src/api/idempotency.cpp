#include "api/idempotency.hpp"

#include "api/sealed_answer.hpp"
#include "core/logging.hpp"
#include "http/problem.hpp"

namespace safargo::api {
namespace {

// Held until the end of the transaction, so that a second request with the same key is told to wait.
constexpr db::Statement try_lock_key{"idempotency_lock", R"(
    select pg_try_advisory_xact_lock(hashtextextended($1, 0)))"};

constexpr db::Statement find_answer{"idempotency_find", R"(
    select request_hash, status, response, etag, finished, sealed, created_at from idempotency_keys
    where user_id = $1 and route = $2 and key = $3 and created_at > $4)"};

constexpr db::Statement store_answer{"idempotency_store", R"(
    insert into idempotency_keys (user_id, route, key, request_hash, status, response, etag, finished, created_at, sealed)
    values ($1, $2, $3, $4, $5, $6, '', $7, $8, $9)
    on conflict (user_id, route, key) do update set request_hash = excluded.request_hash, status = excluded.status,
        response = excluded.response, etag = excluded.etag, finished = excluded.finished,
        created_at = excluded.created_at, sealed = excluded.sealed)"};

constexpr db::Statement finish_answer{"idempotency_finish", R"(
    update idempotency_keys set sealed = $5, finished = true
    where user_id = $1 and route = $2 and key = $3 and request_hash = $4 and not finished
    returning finished)"};

constexpr db::Statement leave_answer{"idempotency_leave", R"(
    update idempotency_keys set finished = true
    where user_id = $1 and route = $2 and key = $3 and created_at = $4 and not finished
    returning finished)"};

constexpr db::Statement forget_all{"user_forget_answers", "delete from idempotency_keys where user_id = $1"};

constexpr db::Statement prune_old{"prune_idempotency_keys", R"(
    delete from idempotency_keys where ctid = any(array(
        select ctid from idempotency_keys where created_at < $1 limit $2)))"};

constexpr db::Statement begin_effect{"idempotency_savepoint", "savepoint effect"};

std::unexpected<Error> in_progress() {
    return fail(Error{.code = Code::request_in_progress, .retry_after = std::chrono::seconds{1}});
}

// The action was done once and is not repeated, so retrying does not help: the client has to look up the state.
std::unexpected<Error> unreadable() {
    log::warning("stored_answer_unreadable", {{"hint", "was JWT_SECRET replaced without JWT_SECRET_PREVIOUS?"}});
    return fail(Error{.code = Code::idempotency_key_reused, .reason = Violation{Rule::answer_unreadable}});
}

// Older versions read the unsealed columns: these tell the client to retry, until a newer version answers. So two
// versions can run side by side.
const http::Response& for_older_versions() {
    static const http::Response answer = http::problem({.code = Code::request_in_progress}, {});
    return answer;
}

struct Found {
    StoredAnswer answer;
    bool same_request = false;
    Instant created_at{};
};

// Answers of older versions are unsealed, and their requests are compared as written.
Found read_plain(const db::Row& row, const IdempotencyKey& key) {
    return {.answer = {row.get<std::int16_t>(1), row.get<std::string>(2), row.get<std::string>(3), row.get<bool>(4)},
            .same_request = row.get<std::string_view>(0) == key.request_hash,
            .created_at = row.get<Instant>(6)};
}

// Nothing if the answer can no longer be opened.
std::optional<Found> read_row(const db::Row& row, const IdempotencyKey& key, const crypto::PurposeKeys& keys) {
    const auto sealed = row.get<std::string_view>(5);
    if (sealed.empty()) return read_plain(row, key);
    auto opened = open_answer(keys, sealed);
    if (!opened) return std::nullopt;
    // An older version has overwritten a sealed answer that it did not know.
    if (opened->request_hash != row.get<std::string_view>(0)) return read_plain(row, key);
    opened->answer.finished = row.get<bool>(4);
    return Found{.answer = std::move(opened->answer),
                 .same_request = opened->meaning_hash == key.meaning_hash,
                 .created_at = row.get<Instant>(6)};
}

}  // namespace

Task<Result<std::optional<StoredAnswer>>> Answers::claim(db::Transaction& tx, IdempotencyKey key, Instant now) const {
    const std::string name = key.user.str() + ' ' + key.route + ' ' + key.key;
    // One round trip; each statement sees what was committed before it began, including the answer of a previous lock
    // holder.
    std::vector<db::Bound> steps;
    steps.push_back(db::bind(try_lock_key, name));
    steps.push_back(db::bind(find_answer, key.user, key.route, key.key, now - answers_kept));
    steps.push_back(db::bind(begin_effect));
    const std::vector<db::Rows> answers = co_await tx.batch(std::move(steps));
    tx.note_savepoint("effect");
    if (!answers[0][0].get<bool>(0)) co_return in_progress();
    if (answers[1].empty()) co_return std::optional<StoredAnswer>{};
    std::optional<Found> found = read_row(answers[1][0], key, keys_);
    if (!found) co_return unreadable();
    if (!found->same_request) co_return fail(Code::idempotency_key_reused);
    if (found->answer.finished) co_return std::move(found->answer);
    if (now - found->created_at < longest_after_commit) co_return in_progress();
    // From here on this answer is final, unless another was stored just now: the next request gets that one.
    const db::Rows left = co_await tx.query(leave_answer, key.user, key.route, key.key, found->created_at);
    if (left.empty()) co_return in_progress();
    co_return std::move(found->answer);
}

std::string Answers::seal(const IdempotencyKey& key, const StoredAnswer& answer) const {
    return seal_answer(keys_, {key.request_hash, key.meaning_hash, answer});
}

void Answers::store(db::Transaction& tx, const IdempotencyKey& key, const StoredAnswer& answer, Instant now) const {
    const http::Response& plain = for_older_versions();
    tx.defer(store_answer, key.user, key.route, key.key, key.request_hash, static_cast<std::int16_t>(plain.status),
             plain.body, answer.finished, now, seal(key, answer));
}

Task<bool> Answers::finish(db::Session& session, IdempotencyKey key, StoredAnswer answer) const {
    const db::Rows taken =
        co_await session.query(finish_answer, key.user, key.route, key.key, key.request_hash, seal(key, answer));
    co_return !taken.empty();
}

db::Statement prune_answers() {
    return prune_old;
}

Task<void> forget_answers(db::Transaction& tx, UserId user) {
    co_await tx.query(forget_all, user);
}

}  // namespace safargo::api
