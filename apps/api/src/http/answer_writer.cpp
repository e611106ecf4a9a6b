#include "http/answer_writer.hpp"

#include "core/logging.hpp"
#include "http/etag.hpp"
#include "http/problem.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <string_view>
#include <utility>

namespace safargo::http {
namespace {

struct DefaultField {
    std::string_view name;
    std::string_view line;
};

// In every response, unless the handler sets its own value.
constexpr std::array default_fields{
    DefaultField{"Cache-Control", "Cache-Control: no-store\r\n"},
    DefaultField{"Content-Security-Policy", "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"},
    DefaultField{"X-Content-Type-Options", "X-Content-Type-Options: nosniff\r\n"},
    DefaultField{"X-Frame-Options", "X-Frame-Options: DENY\r\n"},
    DefaultField{"Referrer-Policy", "Referrer-Policy: strict-origin-when-cross-origin\r\n"},
    DefaultField{"Strict-Transport-Security", "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n"},
    DefaultField{"Cross-Origin-Resource-Policy", "Cross-Origin-Resource-Policy: same-site\r\n"},
};

// clang-format off
constexpr std::array<std::pair<int, std::string_view>, 32> reasons{{
    {200, "OK"}, {201, "Created"}, {202, "Accepted"},
    {204, "No Content"}, {301, "Moved Permanently"}, {302, "Found"},
    {303, "See Other"}, {304, "Not Modified"}, {307, "Temporary Redirect"},
    {308, "Permanent Redirect"}, {400, "Bad Request"}, {401, "Unauthorized"},
    {402, "Payment Required"}, {403, "Forbidden"}, {404, "Not Found"},
    {405, "Method Not Allowed"}, {408, "Request Timeout"}, {409, "Conflict"},
    {410, "Gone"}, {412, "Precondition Failed"}, {413, "Content Too Large"},
    {414, "URI Too Long"}, {415, "Unsupported Media Type"}, {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"}, {429, "Too Many Requests"}, {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"}, {501, "Not Implemented"}, {503, "Service Unavailable"}, {504, "Gateway Timeout"},
}};
// clang-format on

std::string_view reason(int status) {
    const auto found = std::ranges::find(reasons, status, &std::pair<int, std::string_view>::first);
    return found == reasons.end() ? std::string_view() : found->second;
}

bool may_have_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

bool reads(const Request& request) {
    return request.method == Method::get || request.method == Method::head;
}

bool would_split_the_head(const Response& response) {
    constexpr std::string_view breaking{"\r\n\0", 3};
    const auto breaks = [&](std::string_view text) { return text.find_first_of(breaking) != text.npos; };
    return breaks(response.content_type) || std::ranges::any_of(response.headers, [&](const auto& field) {
               return breaks(field.first) || breaks(field.second);
           });
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

void append_defaults(std::string& head, const Response& response) {
    for (const DefaultField& field : default_fields) {
        if (response.header(field.name).empty()) head += field.line;
    }
}

// An ETag helps only a client that may cache the response. Responses to anonymous requests are the same for everyone.
void allow_caching(const Request& request, Response& response) {
    if (!reads(request) || response.header("ETag").empty() || !response.header("Cache-Control").empty()) return;
    const bool anonymous = request.header("Authorization").empty();
    response.headers.emplace_back("Cache-Control", anonymous ? "public, no-cache" : "private, no-cache");
}

void append_own(std::string& head, const Response& response) {
    std::string_view vary;
    for (const auto& [name, value] : response.headers) {
        if (equal_ignoring_case(name, "Vary")) {
            vary = value;
        } else {
            append_field(head, name, value);
        }
    }
    head += "Vary: Accept-Encoding, Accept-Language, Authorization, Origin";
    if (!vary.empty()) head.append(", ").append(vary);
    head += "\r\n";
}

void append_rate(std::string& head, const RateDecision& rate) {
    fmt::format_to(std::back_inserter(head),
                   "RateLimit-Limit: {}\r\nRateLimit-Remaining: {}\r\nRateLimit-Reset: {}\r\n", rate.limit,
                   rate.remaining, rate.reset.count());
}

// The limit of the two that will be reached first.
const RateDecision* tighter(const std::optional<RateDecision>& one, const std::optional<RateDecision>& other) {
    if (!one || !other) return one ? &*one : other ? &*other : nullptr;
    if (one->allowed != other->allowed) return one->allowed ? &*other : &*one;
    return one->remaining <= other->remaining ? &*one : &*other;
}

void append_connection(std::string& head, const Exchange& exchange) {
    if (exchange.close) {
        head += "Connection: close\r\n";
    } else if (exchange.http_1_0) {
        head += "Connection: keep-alive\r\n";
    }
}

// HTTP/1.0 knows no chunks: there the stream lasts as long as its connection. The last field asks nginx not to collect
// events before it passes them on.
void append_stream(std::string& head, const Exchange& exchange) {
    append_field(head, "Content-Type", "text/event-stream");
    append_field(head, "X-Accel-Buffering", "no");
    if (!exchange.http_1_0) append_field(head, "Transfer-Encoding", "chunked");
}

std::string* find_etag(Response& response) {
    for (auto& [name, value] : response.headers) {
        if (equal_ignoring_case(name, "ETag")) return &value;
    }
    return nullptr;
}

}  // namespace

AnswerWriter::AnswerWriter(const Cors& cors, std::size_t gzip_min) : cors_(cors), gzip_min_(gzip_min) {
    tick();
}

void AnswerWriter::tick() {
    const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    date_ = fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", fmt::gmtime(now));
}

// Compressed and plain responses carry different strong tags (RFC 9110, 8.8.3.3), which are compared as one.
void AnswerWriter::shape_body(const Request& request, Response& response) {
    if (response.events) return;  // nobody knows yet what it will say
    const bool compress = response.body.size() > gzip_min_ && response.header("Content-Encoding").empty() &&
                          is_compressible(response.content_type) && accepts_gzip(request.header("Accept-Encoding"));
    if (std::string* etag = find_etag(response)) {
        if (compress) *etag = gzip_etag(*etag);
        if (response.status == 200 && reads(request) && etag_matches(request.list("If-None-Match"), *etag)) {
            response.status = 304;
            response.body.clear();
            return;
        }
    }
    if (!compress) return;
    response.body = response.gzipped ? *response.gzipped : compressor_.gzip(response.body);
    response.headers.emplace_back("Content-Encoding", "gzip");
}

void AnswerWriter::finish(const Exchange& exchange, Response& response, std::string& head) {
    const Request& request = exchange.request;
    if (would_split_the_head(response)) {
        log::error("answer_header_refused", {{"request_id", request.context.request_id}});
        response = problem({.code = Code::internal_error}, request.context);
    }
    shape_body(request, response);
    allow_caching(request, response);

    head.clear();
    append_start(head, exchange, response);
    append_connection(head, exchange);
    append_field(head, "X-Request-Id", request.context.request_id);
    append_defaults(head, response);
    append_own(head, response);
    if (const RateDecision* rate = tighter(exchange.rate, request.user_rate)) append_rate(head, *rate);
    head += is_preflight(request) ? cors_.preflight_lines(request, response.header("Allow")) : cors_.lines(request);
    head += "\r\n";
    if (request.method != Method::head && may_have_body(response.status)) return;
    response.body.clear();
    response.events.reset();
}

void AnswerWriter::append_start(std::string& head, const Exchange& exchange, const Response& response) const {
    fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
    head += date_;
    if (response.events) return append_stream(head, exchange);
    if (!may_have_body(response.status)) return;
    if (!response.content_type.empty()) append_field(head, "Content-Type", response.content_type);
    fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", response.body.size());
}

}  // namespace safargo::http
