// Idempotency-Key (PRODUCT section 1): one effect and one answer per (user, route, key) for 24 h.
#pragma once

#include "core/caller.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "db/transaction.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace safargo::api {

struct IdempotencyKey {
    UserId user;
    std::string route;         // "POST /bookings/{id}/cancel"
    std::string key;           // 1..255 visible ASCII characters
    std::string request_hash;  // of path, query and body: the same key must mean the same request
};

struct StoredAnswer {
    int status = 0;
    std::string body;
    std::string etag{};  // "" when the answer names no version
    bool finished = true;
};

// validation_failed when the header is malformed.
Checked<std::string> parse_idempotency_key(std::string_view header);

// First thing inside the transaction of the effect. Nothing stored: the caller goes on, from a savepoint named
// `effect`, and stores its answer. request_in_progress while another transaction holds the key; idempotency_key_reused
// for another body.
Task<Result<std::optional<StoredAnswer>>> claim(db::Transaction& tx, const IdempotencyKey& key, Instant now);
// Written with the commit.
void store(db::Transaction& tx, const IdempotencyKey& key, const StoredAnswer& answer, Instant now);

// Replaces an unfinished answer after the step that followed the commit.
Task<void> finish(db::Session& session, const IdempotencyKey& key, StoredAnswer answer);

}  // namespace safargo::api
