// 128-bit identifiers; new ones are version 7 (RFC 9562), so they sort by creation time.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace safargo {

struct Uuid {
    static constexpr std::size_t text_size = 36;

    std::array<std::uint8_t, 16> bytes{};

    static Uuid v7(Instant now);                        // 74 random bits from a CSPRNG
    static Checked<Uuid> parse(std::string_view text);  // 8-4-4-4-12 hexadecimal digits, any case
    std::string str() const;                            // lower case
    char* write(char* at) const;                        // 36 characters; returns the end
    auto operator<=>(const Uuid&) const = default;
};

}  // namespace safargo
