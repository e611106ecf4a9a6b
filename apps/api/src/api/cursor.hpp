// Page cursors: a keyset position bound to its query, signed with a key shared by all replicas.
#pragma once

#include "core/key_ring.hpp"
#include "core/result.hpp"

#include <string>
#include <string_view>

namespace safargo::api {

class CursorSigner {
public:
    explicit CursorSigner(const crypto::KeyRing& ring) : keys_(ring.derive("cursor")) {}

    // `query` identifies everything the page depends on except the position; `position` is the caller's own text.
    std::string sign(std::string_view query, std::string_view position) const;

    // malformed_request naming `cursor` if it is not ours, was altered, or belongs to another query.
    Result<std::string> open(std::string_view query, std::string_view cursor) const;

private:
    crypto::PurposeKeys keys_;
};

}  // namespace safargo::api
