#include "features/notifications/sms_parts.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace safargo::notifications {
namespace {

// One unit each; those of the extension table take two.
constexpr std::u32string_view basic =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    U"¿abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::u32string_view extended = U"\f^{}\\[~]|€";

char32_t take_letter(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    std::size_t length = 1;
    if (first >= 0xC0) length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    length = std::min(length, text.size());
    char32_t letter = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) letter = (letter << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    text.remove_prefix(length);
    return letter;
}

// nullopt for a letter that the GSM alphabet does not have.
std::optional<std::size_t> gsm_units(char32_t letter) {
    if (basic.find(letter) != basic.npos) return 1;
    if (extended.find(letter) != extended.npos) return 2;
    return std::nullopt;
}

std::size_t parts_of(std::size_t units, std::size_t alone, std::size_t together) {
    return units <= alone ? 1 : (units + together - 1) / together;
}

}  // namespace

std::size_t sms_parts(std::string_view text) {
    std::size_t gsm = 0, ucs2 = 0;
    bool all_gsm = true;
    while (!text.empty()) {
        const char32_t letter = take_letter(text);
        const auto units = gsm_units(letter);
        all_gsm = all_gsm && units;
        gsm += units.value_or(0);
        ucs2 += letter > 0xFFFF ? 2 : 1;
    }
    return all_gsm ? parts_of(gsm, 160, 153) : parts_of(ucs2, 70, 67);
}

}  // namespace safargo::notifications
