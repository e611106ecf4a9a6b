#include "core/text.hpp"
#include "features/drivers/types.hpp"

namespace safargo::drivers {
namespace {

constexpr std::size_t min_length = 4;
constexpr std::size_t max_length = 20;
constexpr std::size_t longest_typed = 200;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

char capital(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

Checked<LicenceNumber> LicenceNumber::parse(std::string_view typed) {
    if (typed.size() > longest_typed) return refuse(Rule::bad_format, "A-Z 0-9");
    const auto clean = clean_text(typed, 0, longest_typed, Breaks::refused);
    if (!clean) return refuse(Rule::bad_format, "A-Z 0-9");
    const std::string_view text = *clean;
    if (text.size() < min_length) return refuse(Rule::too_short, std::to_string(min_length));
    LicenceNumber number;
    for (const char raw : text) {
        const char c = capital(raw);
        if (!is_digit(c) && !is_capital(c)) return refuse(Rule::bad_format, "A-Z 0-9");
        number.value_.push_back(c);
    }
    if (text.size() > max_length) return refuse(Rule::too_long, std::to_string(max_length));
    return number;
}

std::optional<FieldError> refuse_licence(LocalDate expires_on, LocalDate day) {
    if (expires_on >= day) return std::nullopt;
    return FieldError{"licence_expires_on", {Rule::licence_expires, expires_on.str(), day.str()}};
}

}  // namespace safargo::drivers
