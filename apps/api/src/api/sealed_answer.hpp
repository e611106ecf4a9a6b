// A stored answer as it is in the database: encrypted.
#pragma once

#include "api/idempotency.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace safargo::api {

// Includes the request, so that one row's answer cannot be moved to another row.
struct SealedAnswer {
    std::string request_hash, meaning_hash;
    StoredAnswer answer;  // `finished` is stored in the row
};

std::string seal_answer(const crypto::PurposeKeys& keys, const SealedAnswer& sealed);
// Nothing if it was sealed with a secret that is gone: the request cannot be answered again.
std::optional<SealedAnswer> open_answer(const crypto::PurposeKeys& keys, std::string_view sealed);

}  // namespace safargo::api
