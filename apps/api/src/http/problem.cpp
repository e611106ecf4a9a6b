#include "http/problem.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace safargo::http {
namespace {

namespace json = boost::json;

json::array field_errors(const Error& error, Language language) {
    json::array errors;
    for (const FieldError& field : error.fields) {
        errors.push_back({{"field", field.field},
                          {"code", name(field.violation.rule)},
                          {"message", message(field.violation, language)}});
    }
    return errors;
}

// What is particular to this occurrence: which fields, and why.
std::string detail(const Error& error, Language language) {
    if (error.reason) return message(*error.reason, language);
    if (error.fields.empty()) return std::string(advice(error.code, language));
    std::string text;
    for (const FieldError& field : error.fields) {
        if (!text.empty()) text += ' ';
        if (!field.field.empty()) text += field.field + ": ";
        text += message(field.violation, language);
    }
    return text;
}

}  // namespace

Response problem(const Error& error, const RequestContext& context) {
    const CodeInfo& row = info(error.code);
    const Language language = context.language;
    Response response;
    response.status = row.status;
    response.content_type = "application/problem+json";
    response.headers.emplace_back("Content-Language", code(language));
    if (row.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    if (error.retry_after) response.headers.emplace_back("Retry-After", std::to_string(error.retry_after->count()));
    response.body = json::serialize(json::object{{"type", "https://safargo.com/problems/" + std::string(row.name)},
                                                 {"title", title(error.code, language)},
                                                 {"status", row.status},
                                                 {"code", row.name},
                                                 {"detail", detail(error, language)},
                                                 {"errors", field_errors(error, language)},
                                                 {"request_id", context.request_id}});
    return response;
}

}  // namespace safargo::http
