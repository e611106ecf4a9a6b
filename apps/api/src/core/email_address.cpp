#include "core/email_address.hpp"

#include <algorithm>

namespace safargo {
namespace {

bool is_local_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string_view("!#$%&'*+-/=?^_`{|}~.").contains(c);
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label,
                               [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_domain(std::string_view domain) {
    std::size_t labels = 0;
    while (true) {
        const auto dot = domain.find('.');
        if (!is_label(domain.substr(0, dot))) return false;
        ++labels;
        if (dot == std::string_view::npos) return labels >= 2;
        domain.remove_prefix(dot + 1);
    }
}

}  // namespace

Checked<EmailAddress> EmailAddress::parse(std::string_view typed) {
    const auto bad = refuse(Rule::bad_format, "email");
    std::string address(typed);
    std::ranges::transform(address, address.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    const auto at = address.find('@');
    if (address.size() > 254 || at == std::string::npos || at == 0 || at > 64) return bad;
    const std::string_view local = std::string_view(address).substr(0, at);
    const bool dots_wrong = local.front() == '.' || local.back() == '.' || local.contains("..");
    if (dots_wrong || !std::ranges::all_of(local, is_local_character)) return bad;
    if (!is_domain(std::string_view(address).substr(at + 1))) return bad;
    EmailAddress email;
    email.address_ = std::move(address);
    return email;
}

}  // namespace safargo
