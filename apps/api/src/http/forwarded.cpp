#include "http/forwarded.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace safargo::http {
namespace {

// Prefixes of header names: X-Forwarded-For, -Host, -Proto, -Port, ..., X-Envoy-External-Address, CF-Connecting-IP,
// CF-Ray.
constexpr std::array<std::string_view, 7> families = {"forwarded",     "x-forwarded", "x-original-", "x-envoy-",
                                                      "x-amzn-trace-", "x-azure-",    "cf-"};

constexpr std::array<std::string_view, 18> names = {"via",
                                                    "x-real-ip",
                                                    "x-client-ip",
                                                    "client-ip",
                                                    "true-client-ip",
                                                    "x-true-client-ip",
                                                    "x-cluster-client-ip",
                                                    "x-proxyuser-ip",
                                                    "fastly-client-ip",
                                                    "fly-client-ip",
                                                    "x-remote-ip",
                                                    "x-remote-addr",
                                                    "x-originating-ip",
                                                    "proxy-client-ip",
                                                    "wl-proxy-client-ip",
                                                    "x-nginx-proxy",
                                                    "do-connecting-ip",
                                                    "cdn-loop"};

bool begins_with(std::string_view name, std::string_view family) {
    return name.size() >= family.size() && equal_ignoring_case(name.substr(0, family.size()), family);
}

}  // namespace

bool was_forwarded(const Headers& headers) {
    return std::ranges::any_of(headers, [](const auto& header) {
        const std::string_view name = header.first;
        return std::ranges::any_of(families, [&](std::string_view family) { return begins_with(name, family); }) ||
               std::ranges::any_of(names, [&](std::string_view known) { return equal_ignoring_case(name, known); });
    });
}

}  // namespace safargo::http
