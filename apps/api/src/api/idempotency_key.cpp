// Computes which request a key stands for.
#include "api/idempotency.hpp"
#include "contract/canonical.hpp"
#include "core/crypto.hpp"

#include <algorithm>

namespace safargo::api {
namespace {

bool is_idempotency_key(std::string_view header_name) {
    return http::equal_ignoring_case(header_name, "idempotency-key");
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string hash(std::string_view text) {
    return crypto::base64url(crypto::view(crypto::sha256(text)));
}

std::string meaning_of(std::string_view body) {
    const auto node = contract::read_json(is_blank(body) ? "{}" : body);
    return node ? contract::canonical_text(*node) : std::string(body);
}

}  // namespace

Checked<std::string> parse_idempotency_key(std::string_view header) {
    if (header.empty()) return refuse(Rule::required);
    if (header.size() > 255) return refuse(Rule::too_long, "255");
    const bool visible = std::ranges::all_of(header, [](char c) { return c > 0x20 && c < 0x7f; });
    if (!visible) return refuse(Rule::bad_encoding);
    return std::string(header);
}

Result<std::optional<IdempotencyKey>> read_idempotency_key(const Operation& operation, const http::Request& request) {
    const auto given = std::ranges::count_if(request.headers, is_idempotency_key, &http::Headers::value_type::first);
    if (!operation.idempotent || given == 0) return std::optional<IdempotencyKey>{};
    if (given > 1) return fail("Idempotency-Key", {Rule::duplicate_field});
    auto key = parse_idempotency_key(request.header("Idempotency-Key"));
    if (!key) return fail("Idempotency-Key", std::move(key.error()));
    const std::string place = request.path + '?' + request.query + '\n';
    return IdempotencyKey{
        .user = request.context.caller->id,
        .route = std::string(http::name(operation.method)) + ' ' + operation.path,
        .key = std::move(*key),
        .request_hash = hash(place + request.body),
        .meaning_hash = hash(place + meaning_of(request.body)),
    };
}

}  // namespace safargo::api
