#include "adapters/opensearch/endpoint.hpp"

#include "core/base64.hpp"
#include "core/percent_encoding.hpp"

#include <stdexcept>

namespace safargo::opensearch {
namespace {

std::string basic(std::string_view user_info) {
    const std::size_t colon = user_info.find(':');
    const auto user = percent_decode(user_info.substr(0, colon), Plus::literal);
    const auto password = percent_decode(colon == user_info.npos ? "" : user_info.substr(colon + 1), Plus::literal);
    if (!user || !password) throw std::invalid_argument("OPENSEARCH_URL: user or password is not percent-encoded");
    return "Basic " + base64(*user + ':' + *password);
}

}  // namespace

Endpoint Endpoint::parse(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == url.npos) throw std::invalid_argument("OPENSEARCH_URL: not a URL");
    const std::string_view rest = url.substr(scheme + 3);
    const std::string_view authority = rest.substr(0, rest.find('/'));
    const std::size_t at = authority.rfind('@');
    const std::size_t host = at == authority.npos ? 0 : at + 1;
    Endpoint endpoint{.base = std::string(url.substr(0, scheme + 3)).append(rest.substr(host)), .authorization{}};
    while (endpoint.base.ends_with('/')) endpoint.base.pop_back();
    if (host > 0) endpoint.authorization = basic(authority.substr(0, at));
    return endpoint;
}

}  // namespace safargo::opensearch
