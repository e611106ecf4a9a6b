#include "http/request_target.hpp"

#include <algorithm>

namespace safargo::http {
namespace {

bool is_uri_character(char c) {
    return c > 0x20 && c < 0x7f && c != '#' && c != '"' && c != '<' && c != '>' && c != '\\';
}

bool is_host_character(char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return alphanumeric || std::string_view("-._~:[]%!$&'()*+,;=").find(c) != std::string_view::npos;
}

bool drop_prefix(std::string_view& text, std::string_view prefix) {
    if (!equal_ignoring_case(text.substr(0, prefix.size()), prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

}  // namespace

bool read_target(std::string_view target, std::string_view method, Request& request) {
    if (target.empty() || !std::ranges::all_of(target, is_uri_character)) return false;
    if (drop_prefix(target, "http://") || drop_prefix(target, "https://")) {
        const std::size_t authority = std::min(target.find_first_of("/?"), target.size());
        if (authority == 0 || !is_host(target.substr(0, authority))) return false;
        target.remove_prefix(authority);
    } else if (target == "*") {
        if (method != "OPTIONS") return false;
    } else if (target.front() != '/') {
        return false;
    }
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path.assign(target.substr(0, question));
    if (request.path.empty()) request.path = "/";
    request.query.assign(target.substr(std::min(question + 1, target.size())));
    return true;
}

bool is_host(std::string_view value) {
    return std::ranges::all_of(value, is_host_character);
}

}  // namespace safargo::http
