#include "core/email_address.hpp"

#include "core/characters.hpp"
#include "core/digits.hpp"
#include "core/text.hpp"

#include <unicode/idna.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>

namespace safargo {
namespace {

constexpr std::size_t longest_typed = 1'000;
constexpr std::string_view example = "amel@example.dz";

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

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

bool is_local_part(std::string_view local) {
    if (local.empty() || local.size() > 64 || local.front() == '.' || local.back() == '.') return false;
    return !local.contains("..") && std::ranges::all_of(local, is_local_character);
}

const icu::IDNA& names_of_domains() {
    static const std::unique_ptr<const icu::IDNA> idna = [] {
        UErrorCode status = U_ZERO_ERROR;
        constexpr std::uint32_t options =
            UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_USE_STD3_RULES;
        std::unique_ptr<const icu::IDNA> made(icu::IDNA::createUTS46Instance(options, status));
        if (U_FAILURE(status)) throw std::runtime_error("ICU IDNA data is missing");
        return made;
    }();
    return *idna;
}

// A domain in any script as mail servers write it: "بريد.الجزائر" is "xn--…".
std::optional<std::string> in_ascii(std::string_view domain) {
    if (is_ascii(domain)) return std::string(domain);
    std::string ascii;
    icu::StringByteSink<std::string> sink(&ascii);
    icu::IDNAInfo info;
    UErrorCode status = U_ZERO_ERROR;
    names_of_domains().nameToASCII_UTF8({domain.data(), static_cast<std::int32_t>(domain.size())}, sink, info, status);
    if (U_FAILURE(status) || info.hasErrors()) return std::nullopt;
    return ascii;
}

// Removes invisible characters, and blanks that no keyboard types: they were pasted with the address.
std::string plain_address(std::string_view typed) {
    std::string kept;
    while (!typed.empty()) {
        const char32_t c = take_character(typed);
        if (c < 0x80 || !is_white_space(c)) append_character(kept, c);
    }
    std::string plain = plain_characters(kept);
    std::ranges::transform(plain, plain.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return plain;
}

// Removes blanks around the address and beside '@' and dots, which are typing slips. A blank between two words stays,
// since either word could be the one meant.
std::string without_slips(std::string_view plain) {
    std::string address;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (plain[i] != ' ') {
            address.push_back(plain[i]);
            continue;
        }
        const std::size_t next = std::min(plain.find_first_not_of(' ', i), plain.size());
        const auto joins = [](char c) { return c == '@' || c == '.'; };
        if (!address.empty() && next < plain.size() && !joins(address.back()) && !joins(plain[next]))
            address.push_back(' ');
        i = next - 1;
    }
    return address;
}

}  // namespace

Checked<EmailAddress> EmailAddress::parse(std::string_view typed) {
    const auto bad = refuse(Rule::bad_format, std::string(example));
    if (typed.size() > longest_typed || !is_valid_utf8(typed)) return bad;
    std::string address = without_slips(plain_address(typed));
    if (address.starts_with("mailto:")) address.erase(0, 7);
    const auto at = address.find('@');
    if (at == std::string::npos || !is_local_part(std::string_view(address).substr(0, at))) return bad;
    const auto domain = in_ascii(std::string_view(address).substr(at + 1));
    if (!domain || !is_domain(*domain)) return bad;
    EmailAddress email;
    email.address_ = address.substr(0, at + 1) + *domain;
    if (email.address_.size() > 254) return bad;
    return email;
}

}  // namespace safargo
