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
    std::string request_hash;  // of path, query and body as they were written
    std::string meaning_hash;  // the same for every spelling of the same JSON: the same key must mean the same request
};

struct StoredAnswer {
    int status = 0;
    std::string body;
    std::string etag{};  // "" when the answer names no version
    bool finished = true;
};

// validation_failed when the header is malformed.
Checked<std::string> parse_idempotency_key(std::string_view header);

// The key of this request, if the route takes one and the client sent one. The request is signed in and its body has
// been read: no body and {} are one.
Result<std::optional<IdempotencyKey>> read_idempotency_key(const Operation& operation, const http::Request& request);

// How long an answer may stay unfinished: longer than a payment provider is given. Whoever asks after that is given it
// as it is, and whoever would finish it finds it finished: its process may have died.
inline constexpr std::chrono::seconds longest_after_commit{8};

// The stored answers of one thread. They are sealed: an answer may hold what nobody but the caller may know (a boarding
// PIN, a phone number).
class Answers {
public:
    explicit Answers(crypto::PurposeKeys keys) : keys_(std::move(keys)) {}

    // First thing inside the transaction of the effect. Nothing stored: the caller goes on, from a savepoint named
    // `effect`, and stores its answer. request_in_progress while another transaction holds the key or the step after
    // its commit is under way; idempotency_key_reused for another request, and (answer_unreadable) when the secret that
    // sealed the answer is gone.
    Task<Result<std::optional<StoredAnswer>>> claim(db::Transaction& tx, IdempotencyKey key, Instant now) const;
    // Written with the commit.
    void store(db::Transaction& tx, const IdempotencyKey& key, const StoredAnswer& answer, Instant now) const;

    // Replaces an unfinished answer after the step that followed the commit. False when it was finished before: that
    // one has been given to somebody, so it is the answer.
    Task<bool> finish(db::Session& session, IdempotencyKey key, StoredAnswer answer) const;

private:
    std::string seal(const IdempotencyKey& key, const StoredAnswer& answer) const;

    crypto::PurposeKeys keys_;
};

// Stored answers repeat what the person sent: they go when the person leaves.
Task<void> forget_answers(db::Transaction& tx, UserId user);

}  // namespace safargo::api
