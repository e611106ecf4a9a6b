// A stored answer as it lies in the database: nobody reads it there.
#pragma once

#include "api/idempotency.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace safargo::api {

// With what it answered, so that one row's answer cannot stand in another.
struct SealedAnswer {
    std::string request_hash, meaning_hash;
    StoredAnswer answer;  // `finished` is the row's
};

std::string seal_answer(const crypto::PurposeKeys& keys, const SealedAnswer& sealed);
// Nothing when it was sealed with a secret that is gone: who asks again cannot be answered.
std::optional<SealedAnswer> open_answer(const crypto::PurposeKeys& keys, std::string_view sealed);

}  // namespace safargo::api
