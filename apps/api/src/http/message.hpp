// Requests and responses as handlers see them: plain values, independent of any HTTP library.
#pragma once

#include "core/request_context.hpp"
#include "ports/rate_limiter.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace safargo::http {

enum class Method { get, head, post, put, patch, delete_, options };

inline constexpr std::size_t method_count = 7;

std::string_view name(Method method);                        // "GET"
std::optional<Method> parse_method(std::string_view token);  // case-sensitive, as in RFC 9110

bool equal_ignoring_case(std::string_view a, std::string_view b);  // ASCII

// The {parameters} of a route's pattern with their values, percent-decoded, never empty.
class PathParams {
public:
    // Throws std::out_of_range for a name not in the pattern: handler and pattern disagree.
    std::string_view operator[](std::string_view name) const;
    std::span<const std::pair<std::string, std::string>> all() const { return values_; }
    void add(std::string_view name, std::string value) { values_.emplace_back(name, std::move(value)); }
    void clear() { values_.clear(); }

private:
    std::vector<std::pair<std::string, std::string>> values_;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

// The first field of that name, case-insensitive; "" if there is none.
std::string_view find_header(const Headers& headers, std::string_view name);
std::string join_headers(const Headers& headers, std::string_view name);  // "a, b"

struct Request {
    Method method = Method::get;
    std::string path;   // as sent, still percent-encoded: "/api/v1/trips/42"
    std::string query;  // as sent, without '?'; parsed by contract/query.hpp
    Headers headers;    // names as sent, values trimmed
    std::string body;
    PathParams params;
    RequestContext context;
    std::optional<RateDecision> user_rate{};  // if it was counted for its user, too

    std::string_view header(std::string_view name) const { return find_header(headers, name); }
    // All fields with that name as one list (RFC 9110, 5.3).
    std::string list(std::string_view name) const { return join_headers(headers, name); }
};

class EventSource;

// The server takes care of HEAD, compression, conditional requests, CORS, security headers and Content-Length.
struct Response {
    int status = 200;
    std::string body{};
    std::string content_type = "application/json";
    Headers headers{};
    std::shared_ptr<const std::string> gzipped{};  // the body, if it was compressed beforehand
    std::shared_ptr<EventSource> events{};         // instead of a body and its type: an event stream (event_source.hpp)

    std::string_view header(std::string_view name) const { return find_header(headers, name); }
};

}  // namespace safargo::http
