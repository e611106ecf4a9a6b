#include "api/cursor.hpp"

namespace safargo::api {
namespace {

constexpr std::size_t mac_size = 12;
constexpr std::size_t max_cursor = 512;

std::unexpected<Error> refused() {
    return fail(Error{.code = Code::malformed_request, .fields = {{"cursor", {Rule::bad_format, "next_cursor"}}}});
}

std::string mac(const crypto::Key& key, std::string_view query, std::string_view position) {
    const crypto::Key query_hash = crypto::sha256(query);
    const std::string signed_text = std::string(crypto::view(query_hash)) + std::string(position);
    return std::string(crypto::view(crypto::hmac_sha256(key, signed_text)).substr(0, mac_size));
}

}  // namespace

std::string CursorSigner::sign(std::string_view query, std::string_view position) const {
    return crypto::base64url(mac(keys_.first(), query, position) + std::string(position));
}

Result<std::string> CursorSigner::open(std::string_view query, std::string_view cursor) const {
    if (cursor.size() > max_cursor) return refused();
    const auto raw = crypto::from_base64url(cursor);
    if (!raw || raw->size() < mac_size) return refused();
    std::string position = raw->substr(mac_size);
    const bool ours = keys_.any_makes(std::string_view(*raw).substr(0, mac_size),
                                      [&](const crypto::Key& key) { return mac(key, query, position); });
    if (!ours) return refused();
    return position;
}

}  // namespace safargo::api
