#include "api/openapi_answers.hpp"

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::api {
namespace {

using contract::Writer;
using Codes = std::set<std::string_view>;

// In every response: what remains of the tighter limit.
constexpr std::string_view header_components =
    R"({"RateLimit-Limit":{"description":"Requests a minute","schema":{"type":"integer"}},)"
    R"("RateLimit-Remaining":{"schema":{"type":"integer"}},)"
    R"("RateLimit-Reset":{"description":"Seconds until the count begins again","schema":{"type":"integer"}},)"
    R"("Retry-After":{"description":"Seconds","schema":{"type":"integer"}},)"
    R"("Allow":{"description":"The methods that this path takes","schema":{"type":"string"}},)"
    R"("ETag":{"description":"Of what the answer says; see If-None-Match and If-Match","schema":{"type":"string"}},)"
    R"("WWW-Authenticate":{"schema":{"const":"Bearer"}}})";

// Errors of the server itself, before the operation is known: the same everywhere.
constexpr std::array of_the_server{Code::method_not_allowed, Code::request_timeout,   Code::uri_too_long,
                                   Code::expectation_failed, Code::headers_too_large, Code::method_unknown};

// The operation's own errors.
std::set<Code> own_codes(const Operation& operation) {
    std::set<Code> codes(operation.fails.begin(), operation.fails.end());
    const bool acts = operation.method != http::Method::get;
    if (acts && operation.access != Access::anyone && operation.tag != "auth") codes.insert(Code::account_suspended);
    if (operation.access == Access::driver) codes.insert(Code::driver_required);
    if (operation.access == Access::moderator || operation.access == Access::admin) codes.insert(Code::forbidden);
    if (!operation.path_parameters.empty()) codes.insert(Code::not_found);
    if (operation.idempotent) codes.insert({Code::idempotency_key_reused, Code::request_in_progress});
    if (operation.needs_if_match) codes.insert({Code::precondition_required, Code::precondition_failed});
    return codes;
}

// Error codes by status that a request to this operation can get, without those of the server. An action without a body
// accepts none or {}; any other body can fail in all the usual ways.
std::map<int, Codes> failures(const Operation& operation) {
    std::set<Code> codes = own_codes(operation);
    codes.insert({Code::malformed_request, Code::validation_failed, Code::unsupported_media_type,
                  Code::payload_too_large, Code::unauthenticated, Code::rate_limited, Code::internal_error,
                  Code::dependency_unavailable, Code::timeout});
    std::map<int, Codes> by_status;
    for (const Code code : codes) by_status[info(code).status].insert(info(code).name);
    return by_status;
}

void write_headers(Writer& out, std::initializer_list<std::string_view> more) {
    std::vector<std::string_view> names{"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"};
    names.insert(names.end(), more);
    out.key("headers");
    out.begin_object();
    for (const std::string_view header : names) {
        out.key(header);
        out.raw(R"({"$ref":"#/components/headers/)" + std::string(header) + "\"}");
    }
    out.end_object();
}

void write_success(Writer& out, contract::Examples& examples, const Operation& operation) {
    out.key(std::to_string(operation.status));
    out.begin_object();
    out.key("description");
    out.string(operation.summary);
    if (operation.has_etag) {
        write_headers(out, {"ETag"});
    } else {
        write_headers(out, {});
    }
    constexpr int no_content = 204;
    if (operation.streams) {
        out.key("content");
        out.raw(R"({"text/event-stream":{"schema":{"type":"string"}}})");
        out.key("x-event-data");
        out.raw(operation.view_schema);
    } else if (operation.status != no_content) {
        // A response without a view is a document of its own.
        const bool viewed = !operation.view_schema.empty();
        const std::string schema = viewed ? operation.view_schema : R"({"type":"object"})";
        const std::string example = viewed ? R"(,"example":)" + examples.of(schema) : "";
        out.key("content");
        out.raw(R"({"application/json":{"schema":)" + schema + example + "}}");
    }
    out.end_object();
}

void write_unchanged(Writer& out) {
    out.key("304");
    out.begin_object();
    out.key("description");
    out.string("What If-None-Match names has not changed");
    write_headers(out, {"ETag"});
    out.end_object();
}

// Headers of error responses with this status.
void write_failure_headers(Writer& out, int status, const Codes& codes) {
    const bool later = status == 429 || status == 503 || codes.contains(info(Code::request_in_progress).name);
    if (later) return write_headers(out, {"Retry-After"});
    if (status == info(Code::unauthenticated).status) return write_headers(out, {"WWW-Authenticate"});
    if (status == info(Code::method_not_allowed).status) return write_headers(out, {"Allow"});
    write_headers(out, {});
}

void write_failure(Writer& out, int status, const Codes& codes) {
    std::string list;
    for (const std::string_view code : codes) list.append(list.empty() ? "" : ", ").append(code);
    out.begin_object();
    out.key("description");
    out.string(list);
    write_failure_headers(out, status, codes);
    out.key("content");
    out.raw(R"({"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}})");
    out.end_object();
}

}  // namespace

bool may_be_unchanged(const Operation& operation) {
    return operation.has_etag && operation.method == http::Method::get;
}

void write_answers(Writer& out, contract::Examples& examples, const Operation& operation) {
    out.begin_object();
    write_success(out, examples, operation);
    if (may_be_unchanged(operation)) write_unchanged(out);
    for (const auto& [status, codes] : failures(operation)) {
        out.key(std::to_string(status));
        write_failure(out, status, codes);
    }
    for (const Code code : of_the_server) {
        out.key(std::to_string(info(code).status));
        out.raw(R"({"$ref":"#/components/responses/)" + std::string(info(code).name) + "\"}");
    }
    out.end_object();
}

void write_answer_components(Writer& out) {
    out.key("headers");
    out.raw(header_components);
    out.key("responses");
    out.begin_object();
    for (const Code code : of_the_server) {
        out.key(info(code).name);
        write_failure(out, info(code).status, {info(code).name});
    }
    out.end_object();
}

}  // namespace safargo::api
