// Idempotency-Key (PRODUCT section 1): one effect and one answer per (user, route, key) for 24 h.
#pragma once

#include "api/operation.hpp"
#include "core/caller.hpp"
#include "core/key_ring.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "db/transaction.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace safargo::api {

struct IdempotencyKey {
    UserId user;
    std::string route;         // "POST /bookings/{id}/cancel"
    std::string key;           // 1..255 visible ASCII characters
    std::string request_hash;  // of path, query and body as written
    std::string meaning_hash;  // equal for all spellings of the same JSON: a key must stay with one request
};

struct StoredAnswer {
    int status = 0;
    std::string body;
    std::string etag{};  // "" if the answer has no version
    bool finished = true;
};

// validation_failed if the header is malformed.
Checked<std::string> parse_idempotency_key(std::string_view header);

// The key of this request, if the route takes one and the client sent one. The request is authenticated and its body
// has been read: no body and {} are the same.
Result<std::optional<IdempotencyKey>> read_idempotency_key(const Operation& operation, const http::Request& request);

// How long an answer may stay unfinished: longer than the time limit of a payment provider. Later requests get it as it
// is, and a late finish is refused: its process may have crashed.
inline constexpr std::chrono::seconds longest_after_commit{8};

// The stored answers of one thread. They are sealed, since an answer may contain secrets of the caller (a boarding PIN,
// a phone number).
class Answers {
public:
    explicit Answers(crypto::PurposeKeys keys) : keys_(std::move(keys)) {}

    // Called first inside the transaction. If nothing is stored, the caller continues from a savepoint named `effect`
    // and stores its answer. request_in_progress while another transaction holds the key or its after-commit step is
    // running; idempotency_key_reused for another request; answer_unreadable if the secret that sealed the answer is
    // gone.
    Task<Result<std::optional<StoredAnswer>>> claim(db::Transaction& tx, IdempotencyKey key, Instant now) const;
    // Written with the commit.
    void store(db::Transaction& tx, const IdempotencyKey& key, const StoredAnswer& answer, Instant now) const;

    // Replaces an unfinished answer after the after-commit step. False if it was finished before: a client has received
    // that answer, so it is final.
    Task<bool> finish(db::Session& session, IdempotencyKey key, StoredAnswer answer) const;

private:
    std::string seal(const IdempotencyKey& key, const StoredAnswer& answer) const;

    crypto::PurposeKeys keys_;
};

inline constexpr std::chrono::hours answers_kept{24};

// Deletes at most $2 (bigint) answers stored before $1 (timestamptz); for the job that prunes.
db::Statement prune_answers();

// Deletes a user's stored answers, which repeat what they sent, when the account is deleted.
Task<void> forget_answers(db::Transaction& tx, UserId user);

}  // namespace safargo::api
