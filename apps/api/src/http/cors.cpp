#include "http/cors.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo::http {
namespace {

constexpr std::string_view exposed =
    "Access-Control-Expose-Headers: ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, "
    "X-Request-Id, Location\r\n";
constexpr std::string_view allowed_headers =
    "Access-Control-Allow-Headers: Authorization, Content-Type, Accept-Language, Idempotency-Key, If-Match, "
    "If-None-Match, Last-Event-ID, X-Request-Id, traceparent\r\nAccess-Control-Max-Age: 7200\r\n";

bool is_origin(std::string_view text) {
    const std::size_t scheme = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
    return scheme > 0 && text.size() > scheme && text.find_first_of("/?#* \r\n", scheme) == std::string_view::npos;
}

std::string allow_origin(std::string_view origin) {
    return "Access-Control-Allow-Origin: " + std::string(origin) + "\r\n";
}

}  // namespace

Cors::Cors(const std::vector<std::string>& origins) : origins_(origins) {
    for (const std::string& origin : origins_) {
        if (!is_origin(origin)) throw std::invalid_argument("no origin: " + origin);
    }
}

bool Cors::allows(std::string_view origin) const {
    return !origin.empty() && std::ranges::find(origins_, origin) != origins_.end();
}

std::string Cors::lines(const Request& request) const {
    if (origins_.empty()) return {};
    const std::string_view origin = request.header("Origin");
    return allows(origin) ? allow_origin(origin).append(exposed) : std::string();
}

std::string Cors::preflight_lines(const Request& request, std::string_view allow) const {
    const std::string_view origin = request.header("Origin");
    if (!allows(origin)) return {};
    std::string lines = allow_origin(origin);
    lines.append("Access-Control-Allow-Methods: ").append(allow).append("\r\n").append(allowed_headers);
    return lines;
}

bool is_preflight(const Request& request) {
    return request.method == Method::options && !request.header("Origin").empty() &&
           !request.header("Access-Control-Request-Method").empty();
}

}  // namespace safargo::http
