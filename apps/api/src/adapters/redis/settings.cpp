#include "adapters/redis/settings.hpp"

#include "core/percent_encoding.hpp"

#include <stdexcept>

namespace safargo::redis {
namespace {

constexpr std::uint16_t usual_port = 6379;

[[noreturn]] void refuse() {
    throw std::invalid_argument("REDIS_URL must look like rediss://:password@host:6379,host:6379");
}

std::string decoded(std::string_view text) {
    const auto plain = percent_decode(text, Plus::literal);
    if (!plain) refuse();
    return *plain;
}

void read_credentials(std::string_view text, Settings& settings) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) refuse();  // a user without a password cannot sign in
    settings.user = decoded(text.substr(0, colon));
    settings.password = decoded(text.substr(colon + 1));
}

Address read_seed(std::string_view text) {
    const bool bracketed = text.starts_with('[');
    const std::size_t host_end = bracketed ? text.find(']') : text.find(':');
    if (bracketed && host_end == std::string_view::npos) refuse();
    const std::string_view host = bracketed ? text.substr(1, host_end - 1) : text.substr(0, host_end);
    std::string_view rest = host_end == std::string_view::npos ? "" : text.substr(host_end + (bracketed ? 1 : 0));
    if (!is_host(host)) refuse();
    if (rest.empty()) return {std::string(host), usual_port};
    if (rest.front() != ':') refuse();
    const auto port = port_of(rest.substr(1));
    if (!port) refuse();
    return {std::string(host), *port};
}

}  // namespace

Settings parse_url(std::string_view url) {
    constexpr std::string_view secure = "rediss://", plain = "redis://";
    Settings settings;
    settings.tls = url.starts_with(secure);
    if (!settings.tls && !url.starts_with(plain)) refuse();
    url.remove_prefix(settings.tls ? secure.size() : plain.size());
    if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) {
        read_credentials(url.substr(0, at), settings);
        url.remove_prefix(at + 1);
    }
    for (;;) {
        const std::size_t comma = url.find(',');
        settings.seeds.push_back(read_seed(url.substr(0, comma)));
        if (comma == std::string_view::npos) return settings;
        url.remove_prefix(comma + 1);
    }
}

}  // namespace safargo::redis
