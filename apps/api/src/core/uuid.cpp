#include "core/uuid.hpp"

#include "core/crypto.hpp"
#include "core/hex_digits.hpp"

namespace safargo {
namespace {

constexpr bool is_dash(std::size_t position) {
    return position == 8 || position == 13 || position == 18 || position == 23;
}

}  // namespace

Uuid Uuid::v7(Instant now) {
    Uuid id;
    crypto::random_bytes(id.bytes);
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count();
    for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | (id.bytes[6] & 0x0f));
    id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
    return id;
}

Checked<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) return refuse(Rule::bad_format, "UUID");
    Uuid id;
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_dash(i)) {
            if (text[i] != '-') return refuse(Rule::bad_format, "UUID");
            continue;
        }
        const auto digit = hex_value(text[i]);
        if (!digit) return refuse(Rule::bad_format, "UUID");
        id.bytes[nibble / 2] = static_cast<std::uint8_t>(id.bytes[nibble / 2] << 4 | *digit);
        ++nibble;
    }
    return id;
}

char* Uuid::write(char* at) const {
    std::size_t position = 0;
    for (const std::uint8_t byte : bytes) {
        if (is_dash(position)) at[position++] = '-';
        at[position++] = hex_digits[byte >> 4];
        at[position++] = hex_digits[byte & 0x0f];
    }
    return at + text_size;
}

std::string Uuid::str() const {
    std::string text(text_size, '\0');
    write(text.data());
    return text;
}

}  // namespace safargo
