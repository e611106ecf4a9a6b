#include "api/endpoint.hpp"

#include "core/crypto.hpp"

namespace safargo::api {

std::string etag_of(std::string_view body) {
    return '"' + crypto::base64url(crypto::view(crypto::sha256(body)).substr(0, 12)) + '"';
}

Result<std::optional<IdempotencyKey>> idempotency_key(const Operation& operation, const http::Request& request) {
    const std::string_view header = request.header("idempotency-key");
    if (!operation.idempotent || header.empty()) return std::optional<IdempotencyKey>{};
    auto key = parse_idempotency_key(header);
    if (!key) return fail("Idempotency-Key", std::move(key.error()));
    const std::string content = request.path + '?' + request.query + '\n' + request.body;
    return IdempotencyKey{
        .user = request.context.caller->id,
        .route = std::string(http::name(operation.method)) + ' ' + operation.path,
        .key = std::move(*key),
        .request_hash = crypto::base64url(crypto::view(crypto::sha256(content))),
    };
}

http::Response replay(const StoredAnswer& stored) {
    http::Response response{.status = stored.status, .body = stored.body};
    if (stored.status >= 400) response.content_type = "application/problem+json";
    response.headers.emplace_back("Idempotency-Replayed", "true");
    return response;
}

bool may_be_stored(const http::Response& response) {
    return response.status < 500 && response.status != 429;
}

}  // namespace safargo::api
