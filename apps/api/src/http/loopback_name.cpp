#include "http/loopback_name.hpp"

#include "http/client_address.hpp"
#include "http/problem.hpp"

#include <algorithm>

namespace safargo::http {
namespace {

bool is_port(std::string_view text) {
    return text.empty() ||
           (text.front() == ':' && std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; }));
}

bool is_loopback_address(std::string_view text) {
    boost::system::error_code failure;
    const auto address = boost::asio::ip::make_address(text, failure);
    return !failure && unmapped(address).is_loopback();
}

Task<Response> answer_strange_name(Request& request) {
    co_return problem({.code = Code::forbidden}, request.context);
}

}  // namespace

bool is_loopback_name(std::string_view host) {
    const bool bracketed = host.starts_with('[');
    const std::size_t end = bracketed ? host.find(']') : std::min(host.find(':'), host.size());
    if (end == std::string_view::npos || !is_port(host.substr(bracketed ? end + 1 : end))) return false;
    const std::string_view name = bracketed ? host.substr(1, end - 1) : host.substr(0, end);
    if (!bracketed && equal_ignoring_case(name, "localhost")) return true;
    return bracketed == name.contains(':') && is_loopback_address(name);
}

Handler for_loopback_names(Handler handler) {
    return [handler = std::move(handler)](Request& request) {
        return is_loopback_name(request.header("host")) ? handler(request) : answer_strange_name(request);
    };
}

}  // namespace safargo::http
