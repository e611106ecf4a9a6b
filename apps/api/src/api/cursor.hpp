// Page cursors: a keyset position bound to its query, signed with a key that all replicas share.
#pragma once

#include "core/crypto.hpp"
#include "core/result.hpp"

#include <string>
#include <string_view>

namespace safargo::api {

class CursorSigner {
public:
    explicit CursorSigner(std::string_view jwt_secret) : key_(crypto::derive_key(jwt_secret, "cursor")) {}

    // `query` names everything the page depends on but the position; `position` is the caller's own text.
    std::string sign(std::string_view query, std::string_view position) const;

    // malformed_request naming `cursor` when it is not ours, altered, or of another query.
    Result<std::string> open(std::string_view query, std::string_view cursor) const;

private:
    std::string mac(std::string_view query, std::string_view position) const;
    crypto::Key key_;
};

}  // namespace safargo::api
