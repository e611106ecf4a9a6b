#include "net/client.hpp"
#include "net/field_name.hpp"

#include <algorithm>

namespace safargo::net {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

}  // namespace

bool same_field(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view Response::header(std::string_view name) const {
    for (const auto& [field, value] : headers) {
        if (same_field(field, name)) return value;
    }
    return {};
}

}  // namespace safargo::net
