#include "api/openapi.hpp"

#include "api/openapi_answers.hpp"

#include <map>
#include <span>
#include <stdexcept>

namespace safargo::api {
namespace {

using contract::Writer;

// As printed by problem().
constexpr std::string_view problem_schema =
    R"({"type":"object","required":["type","title","status","code","detail","errors","request_id"],"properties":{)"
    R"("type":{"type":"string","format":"uri"},"title":{"type":"string"},)"
    R"("status":{"type":"integer","minimum":400,"maximum":599},"code":{"$ref":"#/components/schemas/Code"},)"
    R"("detail":{"type":"string"},"errors":{"type":"array","maxItems":21,"items":{"type":"object",)"
    R"("required":["field","code","message"],"properties":{"field":{"type":"string"},)"
    R"("code":{"$ref":"#/components/schemas/Rule"},"message":{"type":"string"}}}},"request_id":{"type":"string"}}})";

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

// Request headers and their allowed values.
constexpr std::string_view key_schema = R"({"type":"string","pattern":"^[!-~]{1,255}$"})";
constexpr std::string_view tags_schema =
    R"({"type":"string","pattern":"^(\\*|(W/)?\"[^\"]*\"([ \t]*,[ \t]*(W/)?\"[^\"]*\")*)$"})";
constexpr std::string_view strong_tags_schema =
    R"({"type":"string","pattern":"^(\\*|\"[^\"]*\"([ \t]*,[ \t]*\"[^\"]*\")*)$"})";

constexpr std::string_view event_id_schema = R"({"type":"string","pattern":"^[0-9]{1,19}$"})";

std::string header_parameter(std::string_view header, bool required, std::string_view schema) {
    return contract::parameter_entry(header, "header", required, std::string(schema));
}

std::string parameters(const Operation& operation) {
    std::vector<std::string> entries;
    if (!operation.path_parameters.empty()) entries.push_back(operation.path_parameters);
    if (!operation.query_parameters.empty()) entries.push_back(operation.query_parameters);
    if (operation.idempotent) entries.push_back(header_parameter("Idempotency-Key", false, key_schema));
    if (operation.needs_if_match) entries.push_back(header_parameter("If-Match", true, strong_tags_schema));
    if (operation.resumes) entries.push_back(header_parameter("Last-Event-ID", false, event_id_schema));
    if (may_be_unchanged(operation)) entries.push_back(header_parameter("If-None-Match", false, tags_schema));
    std::string all;
    for (const std::string& entry : entries) all += (all.empty() ? "" : ",") + entry;
    return "[" + all + "]";
}

// The body that the docs page sends when a visitor tries the operation.
std::string body_example(contract::Examples& examples, const Operation& operation) {
    std::string example = examples.of(operation.body_schema);
    if (!operation.takes_body(example)) {
        throw std::logic_error("the example of " + operation.path + " is refused by its own route: " + example);
    }
    return example;
}

void write_body(Writer& out, contract::Examples& examples, const Operation& operation) {
    if (const auto& raw = operation.raw_body) {
        out.key("requestBody");
        out.raw(R"({"required":true,"content":{")" + raw->type + R"(":{"schema":)" + raw->schema + R"(,"example":)" +
                raw->example + "}}}");
    }
    if (operation.body_schema.empty()) return;
    out.key("requestBody");
    out.raw(R"({"required":true,"content":{"application/json":{"schema":)" + operation.body_schema + R"(,"example":)" +
            body_example(examples, operation) + "}}}");
}

void write_operation(Writer& out, contract::Examples& examples, const Operation& operation) {
    out.key(verb(operation.method));
    out.begin_object();
    out.key("operationId");
    out.string(operation_id(operation));
    out.key("summary");
    out.string(operation.summary);
    if (!operation.description.empty()) {
        out.key("description");
        out.string(operation.description);
    }
    out.key("tags");
    out.raw("[\"" + operation.tag + "\"]");
    out.key("x-access");
    out.string(name(operation.access));
    out.key("security");
    out.raw(operation.access == Access::anyone ? R"([{},{"bearer":[]}])" : R"([{"bearer":[]}])");
    out.key("parameters");
    out.raw(parameters(operation));
    write_body(out, examples, operation);
    out.key("responses");
    write_answers(out, examples, operation);
    out.end_object();
}

void write_paths(Writer& out, const Endpoints& endpoints) {
    std::map<std::string, std::vector<const Operation*>> by_path;
    for (const Operation& operation : endpoints.operations()) by_path[operation.path].push_back(&operation);
    contract::Examples examples(endpoints.components());
    out.key("paths");
    out.begin_object();
    for (const auto& [path, operations] : by_path) {
        out.key(path);
        out.begin_object();
        for (const Operation* operation : operations) write_operation(out, examples, *operation);
        out.end_object();
    }
    out.end_object();
}

template <class Row>
std::string names_schema(std::span<const Row> rows) {
    std::string names;
    for (const Row& row : rows) names.append(names.empty() ? "\"" : ",\"").append(row.name).append("\"");
    return R"({"type":"string","enum":[)" + names + "]}";
}

void write_components(Writer& out, const Endpoints& endpoints) {
    out.key("components");
    out.begin_object();
    out.key("securitySchemes");
    out.raw(R"({"bearer":{"type":"http","scheme":"bearer","bearerFormat":"JWT"}})");
    write_answer_components(out);
    out.key("schemas");
    out.begin_object();
    out.key("Problem");
    out.raw(problem_schema);
    out.key("Code");
    out.raw(names_schema(code_table()));
    out.key("Rule");
    out.raw(names_schema(rule_table()));
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
