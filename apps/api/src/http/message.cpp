#include "http/message.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace safargo::http {
namespace {

constexpr std::array<std::string_view, method_count> method_names{"GET",   "HEAD",   "POST",   "PUT",
                                                                  "PATCH", "DELETE", "OPTIONS"};

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

}  // namespace

std::string_view name(Method method) {
    return method_names[static_cast<std::size_t>(method)];
}

std::optional<Method> parse_method(std::string_view token) {
    const auto found = std::ranges::find(method_names, token);
    if (found == method_names.end()) return std::nullopt;
    return static_cast<Method>(found - method_names.begin());
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view PathParams::operator[](std::string_view name) const {
    for (const auto& [known, value] : values_) {
        if (known == name) return value;
    }
    throw std::out_of_range("no path parameter " + std::string(name));
}

std::string_view find_header(const Headers& headers, std::string_view name) {
    for (const auto& [known, value] : headers) {
        if (equal_ignoring_case(known, name)) return value;
    }
    return {};
}

std::string join_headers(const Headers& headers, std::string_view name) {
    std::string joined;
    for (const auto& [known, value] : headers) {
        if (!equal_ignoring_case(known, name) || value.empty()) continue;
        if (!joined.empty()) joined += ", ";
        joined += value;
    }
    return joined;
}

}  // namespace safargo::http
