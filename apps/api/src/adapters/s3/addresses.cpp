#include "adapters/s3/addresses.hpp"

#include <utility>

namespace safargo::s3 {
namespace {

std::string aws_host(std::string_view service, std::string_view region) {
    return std::string(service) + '.' + std::string(region) + ".amazonaws.com" +
           (region.starts_with("cn-") ? ".cn" : "");
}

// As clients send it: the scheme's own port is left out.
std::string without_own_port(std::string host, std::string_view scheme) {
    const std::string_view port = scheme == "https" ? ":443" : ":80";
    if (host.ends_with(port)) host.resize(host.size() - port.size());
    return host;
}

}  // namespace

Addresses::Addresses(std::string_view region, std::string_view endpoint) : own_server_(!endpoint.empty()) {
    if (!own_server_) {
        host_ = aws_host("s3", region);
        return;
    }
    const std::size_t colon = endpoint.find("://");
    scheme_ = endpoint.substr(0, colon);
    host_ = without_own_port(std::string(endpoint.substr(colon + 3)), scheme_);
}

Target Addresses::bucket(std::string method, std::string_view bucket) const {
    Target target{.method = std::move(method), .scheme = scheme_, .host = host_};
    if (by_path(bucket)) {
        target.path.append(bucket);
    } else {
        target.host = std::string(bucket) + '.' + host_;
    }
    return target;
}

Target Addresses::object(std::string method, std::string_view bucket, std::string_view key) const {
    Target target = this->bucket(std::move(method), bucket);
    target.path.append(target.path.ends_with('/') ? "" : "/").append(key);
    return target;
}

std::string sts_url(std::string_view region) {
    return "https://" + aws_host("sts", region);
}

}  // namespace safargo::s3
