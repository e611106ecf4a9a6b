#include "http/problem.hpp"

#include "core/shorten.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <charconv>

namespace safargo::http {
namespace {

namespace json = boost::json;

// Limits of a response to invalid input, in bytes, whatever the error contains.
constexpr std::size_t most_fields = 20;
constexpr std::size_t longest_field = 200;
constexpr std::size_t longest_message = 500;
constexpr std::size_t longest_errors = 6'000;
constexpr std::size_t longest_detail = 800;

std::string short_message(const Violation& violation, Language language) {
    return shorten(message(violation, language), longest_message);
}

json::object entry(std::string_view field, const Violation& violation, Language language) {
    return {{"field", shorten(field, longest_field)},
            {"code", name(violation.rule)},
            {"message", short_message(violation, language)}};
}

// The errors one entry stands for: a more_errors entry counts those its collector dropped.
std::size_t count_of(const FieldError& error) {
    std::size_t count = 1;
    if (error.violation.rule != Rule::more_errors) return count;
    const std::string& number = error.violation.first;
    std::from_chars(number.data(), number.data() + number.size(), count);
    return count;
}

Violation and_more(std::size_t count) {
    return {Rule::more_errors, std::to_string(count)};
}

// As many errors as fit; the rest as a number.
json::array field_errors(const Error& error, Language language) {
    json::array errors;
    std::size_t size = 0, others = 0;
    for (const FieldError& field : error.fields) {
        if (field.violation.rule == Rule::more_errors || errors.size() == most_fields || size >= longest_errors) {
            others += count_of(field);
            continue;
        }
        errors.push_back(entry(field.field, field.violation, language));
        size += json::serialize(errors.back()).size();
    }
    if (others > 0) errors.push_back(entry("", and_more(others), language));
    return errors;
}

std::string sentence(const FieldError& error, Language language) {
    const std::string text = short_message(error.violation, language);
    return error.field.empty() ? text : shorten(error.field, longest_field) + ": " + text;
}

// What is specific to this occurrence: which fields, and why.
std::string detail(const Error& error, Language language) {
    if (error.reason) return short_message(*error.reason, language);
    if (error.fields.empty()) return std::string(advice(error.code, language));
    std::string text;
    std::size_t others = 0;
    for (const FieldError& field : error.fields) {
        // After the first omission all later ones are omitted too.
        std::string next = others == 0 ? sentence(field, language) : std::string();
        if (others > 0 || field.violation.rule == Rule::more_errors || text.size() + next.size() > longest_detail) {
            others += count_of(field);
            continue;
        }
        if (!text.empty()) text += ' ';
        text += next;
    }
    if (others > 0) text += (text.empty() ? "" : " ") + message(and_more(others), language);
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
