#include "api/endpoint.hpp"

#include "core/crypto.hpp"
#include "core/logging.hpp"

#include <algorithm>

namespace safargo::api {
namespace {

bool is_idempotency_key(std::string_view header_name) {
    return http::equal_ignoring_case(header_name, "idempotency-key");
}

}  // namespace

std::string etag_of(std::string_view body) {
    return '"' + crypto::base64url(crypto::view(crypto::sha256(body)).substr(0, 12)) + '"';
}

Result<std::optional<IdempotencyKey>> idempotency_key(const Operation& operation, const http::Request& request) {
    const auto header = std::ranges::find_if(request.headers, is_idempotency_key, &http::Headers::value_type::first);
    if (!operation.idempotent || header == request.headers.end()) return std::optional<IdempotencyKey>{};
    auto key = parse_idempotency_key(header->second);
    if (!key) return fail("Idempotency-Key", std::move(key.error()));
    const std::string content = request.path + '?' + request.query + '\n' + request.body;
    return IdempotencyKey{
        .user = request.context.caller->id,
        .route = std::string(http::name(operation.method)) + ' ' + operation.path,
        .key = std::move(*key),
        .request_hash = crypto::base64url(crypto::view(crypto::sha256(content))),
    };
}

StoredAnswer to_store(const http::Response& response, bool finished) {
    return {.status = response.status,
            .body = response.body,
            .etag = std::string(response.header("ETag")),
            .finished = finished};
}

http::Response replay(const StoredAnswer& stored) {
    http::Response response{.status = stored.status, .body = stored.body};
    if (stored.status >= 400) response.content_type = "application/problem+json";
    if (!stored.etag.empty()) response.headers.emplace_back("ETag", stored.etag);
    response.headers.emplace_back("Idempotency-Replayed", "true");
    return response;
}

void report_broken_sequel(const Operation& operation, const RequestContext& context, const std::exception& failure) {
    log::error("sequel_failed", {{"route", std::string_view(operation.path)},
                                 {"what", failure.what()},
                                 {"request_id", std::string_view(context.request_id)}});
}

bool may_be_stored(const http::Response& response) {
    return response.status < 500 && response.status != 429;
}

}  // namespace safargo::api
