#include "testing/test_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace safargo::testing {
namespace {

// Positions in "postgresql://user@host:port/database?options": start of the host, end of the port, start of the
// options.
struct Parts {
    std::size_t host, path, query;
};

Parts parts_of(const std::string& url) {
    const std::size_t scheme = url.find("://");
    if (scheme == url.npos) throw std::runtime_error("SAFARGO_TEST_POSTGRES must be a postgresql:// URL");
    const std::size_t authority = scheme + 3;
    const std::size_t query = std::min(url.find('?', authority), url.size());
    const std::size_t path = std::min(url.find('/', authority), query);
    const std::size_t at = url.rfind('@', path);
    return {.host = at == url.npos || at < authority ? authority : at + 1, .path = path, .query = query};
}

}  // namespace

std::string server_url() {
    const char* url = std::getenv("SAFARGO_TEST_POSTGRES");
    if (url == nullptr || *url == '\0') {
        throw std::runtime_error("SAFARGO_TEST_POSTGRES must name a PostgreSQL server for tests (./safargo test does)");
    }
    return url;
}

std::string url_of(const std::string& database) {
    std::string url = server_url();
    const Parts parts = parts_of(url);
    return url.replace(parts.path, parts.query - parts.path, "/" + database);
}

ServerAddress server_address() {
    const std::string url = server_url();
    const Parts parts = parts_of(url);
    const std::string host_port = url.substr(parts.host, parts.path - parts.host);
    const std::size_t colon = host_port.rfind(':');
    if (colon == host_port.npos) return {host_port, 5432};
    return {host_port.substr(0, colon), static_cast<std::uint16_t>(std::stoi(host_port.substr(colon + 1)))};
}

std::string url_at(std::uint16_t port, const std::string& database) {
    std::string url = url_of(database);
    const Parts parts = parts_of(url);
    return url.replace(parts.host, parts.path - parts.host, fmt::format("127.0.0.1:{}", port));
}

}  // namespace safargo::testing
