#include "http/request_target.hpp"

#include "http/host.hpp"

#include <algorithm>

namespace safargo::http {
namespace {

bool is_uri_character(char c) {
    return c > 0x20 && c < 0x7f && c != '#' && c != '"' && c != '<' && c != '>' && c != '\\';
}

bool drop_prefix(std::string_view& text, std::string_view prefix) {
    if (!equal_ignoring_case(text.substr(0, prefix.size()), prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

}  // namespace

std::optional<std::string_view> read_target(std::string_view target, std::string_view method, Request& request) {
    if (target.empty() || !std::ranges::all_of(target, is_uri_character)) return std::nullopt;
    std::string_view authority;
    if (drop_prefix(target, "http://") || drop_prefix(target, "https://")) {
        authority = target.substr(0, target.find_first_of("/?"));
        if (!is_host(authority)) return std::nullopt;
        target.remove_prefix(authority.size());
    } else if (target == "*") {
        if (method != "OPTIONS") return std::nullopt;
    } else if (target.front() != '/') {
        return std::nullopt;
    }
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path.assign(target.substr(0, question));
    if (request.path.empty()) request.path = "/";
    request.query.assign(target.substr(std::min(question + 1, target.size())));
    return authority;
}

}  // namespace safargo::http
