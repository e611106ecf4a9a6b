#include "adapters/s3/calls.hpp"

#include "adapters/s3/xml.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"

#include <algorithm>
#include <utility>

namespace safargo::s3 {
namespace {

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
    });
}

bool has_expired(const net::Response& response) {
    if (response.status != 400 && response.status != 403) return false;
    const std::string code = error_code(response);
    return code == "ExpiredToken" || code == "InvalidToken" || code == "TokenRefreshRequired";
}

}  // namespace

std::string error_code(const net::Response& response) {
    std::string code = text_at(response.body, "Error/Code");
    return is_code(code) ? code : std::string();
}

void refuse(const std::string& operation, const net::Response& response) {
    const std::string code = error_code(response);
    log::warning("s3_refused", {{"operation", std::string_view(operation)},
                                {"status", static_cast<long long>(response.status)},
                                {"code", std::string_view(code)}});
    throw DependencyUnavailable("s3", operation + " was answered " + std::to_string(response.status) + ' ' + code);
}

void Calls::require_presence() const {
    if (presence_.gone()) throw DependencyUnavailable("s3", "gives no answer");
}

Task<net::Response> Calls::send(Call call) {
    if (!call.looks) require_presence();
    const net::Deadline deadline = std::chrono::steady_clock::now() + call.patience;
    const Credentials credentials = co_await credentials_.get();
    net::Response response = co_await send_once(call, credentials, deadline);
    if (has_expired(response)) {
        credentials_.reject(credentials);
        co_return co_await send_once(call, co_await credentials_.get(), deadline);
    }
    if (response.status == 500 && call.repeatable) co_return co_await send_once(call, credentials, deadline);
    co_return response;
}

Task<net::Response> Calls::send_once(const Call& call, const Credentials& credentials, net::Deadline deadline) {
    return deliver(request_of(call, credentials, deadline));
}

// A caller who leaves says nothing about S3.
Task<net::Response> Calls::deliver(net::Request request) {
    const auto began = std::chrono::steady_clock::now();
    const auto waited = [began] { return std::chrono::steady_clock::now() - began; };
    try {
        net::Response response = co_await client_.send(std::move(request));
        presence_.answered();
        co_return response;
    } catch (const DependencyUnavailable&) {
        presence_.failed(waited());
        throw;
    } catch (const DeadlineExceeded&) {
        presence_.failed(waited());
        throw;
    }
}

net::Request Calls::request_of(const Call& call, const Credentials& credentials, net::Deadline deadline) const {
    const std::string hash = hash_of(call.body);
    net::Headers headers = call.headers;
    headers.emplace_back("x-amz-content-sha256", hash);
    const Signing signing{.credentials = credentials, .region = region_, .at = clock_.now()};
    return {.vendor = "s3",
            .operation = call.operation,
            .method = call.target.method,
            .url = url_of(call.target),
            .headers = authorize(call.target, std::move(headers), hash, signing),
            .body = call.body,
            .repeatable = call.repeatable,
            .max_answer = call.max_answer,
            .deadline = deadline};
}

}  // namespace safargo::s3
