#include "api/openapi.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace safargo::api {
namespace {

using contract::Writer;

constexpr std::string_view problem_schema =
    R"({"type":"object","required":["type","title","status","code","detail","errors","request_id"],"properties":{)"
    R"("type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"code":{"$ref":"#/components/schemas/Code"},)"
    R"("detail":{"type":"string"},"errors":{"type":"array","items":{"type":"object","required":["field","code","message"],)"
    R"("properties":{"field":{"type":"string"},"code":{"type":"string"},"message":{"type":"string"}}}},"request_id":{"type":"string"}}})";

// Of every answer: what is left of the tighter limit.
constexpr std::string_view header_components =
    R"({"RateLimit-Limit":{"description":"Requests a minute","schema":{"type":"integer"}},)"
    R"("RateLimit-Remaining":{"schema":{"type":"integer"}},)"
    R"("RateLimit-Reset":{"description":"Seconds until the count begins again","schema":{"type":"integer"}},)"
    R"("Retry-After":{"description":"Seconds","schema":{"type":"integer"}},)"
    R"("ETag":{"description":"Of what the answer says; see If-None-Match and If-Match","schema":{"type":"string"}},)"
    R"("WWW-Authenticate":{"schema":{"const":"Bearer"}}})";

std::string_view verb(http::Method method) {
    switch (method) {
        case http::Method::post:
            return "post";
        case http::Method::put:
            return "put";
        case http::Method::patch:
            return "patch";
        case http::Method::delete_:
            return "delete";
        default:
            return "get";
    }
}

std::string_view name(Access access) {
    switch (access) {
        case Access::user:
            return "user";
        case Access::driver:
            return "driver";
        case Access::moderator:
            return "moderator";
        case Access::admin:
            return "admin";
        case Access::anyone:
            break;
    }
    return "anyone";
}

// "POST /bookings/{id}/cancel" -> "post_bookings_id_cancel"
std::string operation_id(const Operation& operation) {
    std::string id(verb(operation.method));
    for (const char c : operation.path) {
        if (c == '/' || c == '-') id.push_back('_');
        if (c != '/' && c != '-' && c != '{' && c != '}') id.push_back(c);
    }
    return id;
}

std::string path_parameter_name(std::string_view path) {
    const auto open = path.find('{');
    return std::string(path.substr(open + 1, path.find('}') - open - 1));
}

std::string header_parameter(std::string_view header, bool required) {
    return contract::parameter_entry(header, "header", required, R"({"type":"string"})");
}

bool may_be_unchanged(const Operation& operation) {
    return operation.has_etag && operation.method == http::Method::get;
}

std::string parameters(const Operation& operation) {
    std::vector<std::string> entries;
    if (!operation.path_schema.empty()) {
        entries.push_back(
            contract::parameter_entry(path_parameter_name(operation.path), "path", true, operation.path_schema));
    }
    if (!operation.query_parameters.empty()) entries.push_back(operation.query_parameters);
    if (operation.idempotent) entries.push_back(header_parameter("Idempotency-Key", false));
    if (operation.needs_if_match) entries.push_back(header_parameter("If-Match", true));
    if (may_be_unchanged(operation)) entries.push_back(header_parameter("If-None-Match", false));
    std::string all;
    for (const std::string& entry : entries) all += (all.empty() ? "" : ",") + entry;
    return "[" + all + "]";
}

// Codes that a request to this operation can meet, by status; those of the server itself are everywhere.
std::map<int, std::set<std::string_view>> failures(const Operation& operation) {
    std::set<Code> codes(operation.fails.begin(), operation.fails.end());
    codes.insert(
        {Code::rate_limited, Code::internal_error, Code::dependency_unavailable, Code::timeout, Code::unauthenticated});
    const bool acts = operation.method != http::Method::get;
    if (acts && operation.access != Access::anyone && operation.tag != "auth") codes.insert(Code::account_suspended);
    if (operation.access == Access::driver) codes.insert(Code::driver_required);
    if (operation.access == Access::moderator || operation.access == Access::admin) codes.insert(Code::forbidden);
    if (!operation.path_schema.empty()) codes.insert({Code::not_found, Code::malformed_request});
    // An action without a body takes none or {}: anything else can be wrong in all the ways that bodies are.
    if (acts) codes.insert({Code::unsupported_media_type, Code::payload_too_large});
    if (acts || !operation.query_parameters.empty()) codes.insert({Code::malformed_request, Code::validation_failed});
    if (operation.idempotent) {
        codes.insert({Code::validation_failed, Code::idempotency_key_reused, Code::request_in_progress});
    }
    if (operation.needs_if_match) codes.insert({Code::precondition_required, Code::precondition_failed});
    std::map<int, std::set<std::string_view>> by_status;
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

void write_success(Writer& out, const Operation& operation) {
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
    if (operation.status != no_content) {
        // An answer without a view is a document of its own.
        const std::string schema = operation.view_schema.empty() ? R"({"type":"object"})" : operation.view_schema;
        out.key("content");
        out.raw(R"({"application/json":{"schema":)" + schema + "}}");
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

// What failures with this status say beside their problem.
void write_failure_headers(Writer& out, int status, const std::set<std::string_view>& codes) {
    const bool later = status == 429 || status == 503 || codes.contains(info(Code::request_in_progress).name);
    if (later) return write_headers(out, {"Retry-After"});
    if (status == info(Code::unauthenticated).status) return write_headers(out, {"WWW-Authenticate"});
    write_headers(out, {});
}

void write_failure(Writer& out, int status, const std::set<std::string_view>& codes) {
    std::string list;
    for (const std::string_view code : codes) list.append(list.empty() ? "" : ", ").append(code);
    out.key(std::to_string(status));
    out.begin_object();
    out.key("description");
    out.string(list);
    write_failure_headers(out, status, codes);
    out.key("content");
    out.raw(R"({"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}})");
    out.end_object();
}

void write_operation(Writer& out, const Operation& operation) {
    out.key(verb(operation.method));
    out.begin_object();
    out.key("operationId");
    out.string(operation_id(operation));
    out.key("summary");
    out.string(operation.summary);
    out.key("tags");
    out.raw("[\"" + operation.tag + "\"]");
    out.key("x-access");
    out.string(name(operation.access));
    out.key("security");
    out.raw(operation.access == Access::anyone ? R"([{},{"bearer":[]}])" : R"([{"bearer":[]}])");
    out.key("parameters");
    out.raw(parameters(operation));
    if (!operation.body_schema.empty()) {
        out.key("requestBody");
        out.raw(R"({"required":true,"content":{"application/json":{"schema":)" + operation.body_schema + "}}}");
    }
    out.key("responses");
    out.begin_object();
    write_success(out, operation);
    if (may_be_unchanged(operation)) write_unchanged(out);
    for (const auto& [status, codes] : failures(operation)) write_failure(out, status, codes);
    out.end_object();
    out.end_object();
}

void write_paths(Writer& out, const Endpoints& endpoints) {
    std::map<std::string, std::vector<const Operation*>> by_path;
    for (const Operation& operation : endpoints.operations()) by_path[operation.path].push_back(&operation);
    out.key("paths");
    out.begin_object();
    for (const auto& [path, operations] : by_path) {
        out.key(path);
        out.begin_object();
        for (const Operation* operation : operations) write_operation(out, *operation);
        out.end_object();
    }
    out.end_object();
}

void write_components(Writer& out, const Endpoints& endpoints) {
    out.key("components");
    out.begin_object();
    out.key("securitySchemes");
    out.raw(R"({"bearer":{"type":"http","scheme":"bearer","bearerFormat":"JWT"}})");
    out.key("headers");
    out.raw(header_components);
    out.key("schemas");
    out.begin_object();
    out.key("Problem");
    out.raw(problem_schema);
    out.key("Code");
    std::string codes;
    for (const CodeInfo& row : code_table()) codes.append(codes.empty() ? "\"" : ",\"").append(row.name).append("\"");
    out.raw(R"({"type":"string","enum":[)" + codes + "]}");
    for (const auto& [schema_name, schema] : endpoints.components().schemas()) {
        out.key(schema_name);
        out.raw(schema);
    }
    out.end_object();
    out.end_object();
}

}  // namespace

std::string openapi_document(const Endpoints& endpoints, std::string_view version) {
    std::string document;
    Writer out(document);
    out.begin_object();
    out.key("openapi");
    out.string("3.1.0");
    out.key("info");
    out.begin_object();
    out.key("title");
    out.string("SafarGo");
    out.key("version");
    out.string(version);
    out.end_object();
    out.key("servers");
    out.raw(R"([{"url":"/api/v1"}])");
    write_paths(out, endpoints);
    write_components(out, endpoints);
    out.end_object();
    return document;
}

}  // namespace safargo::api
