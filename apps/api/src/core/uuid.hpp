// 128-bit identifiers; new ones are version 7 (RFC 9562), so they sort by time of creation.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace safargo {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    static Uuid v7(Instant now);                        // 74 random bits from a CSPRNG
    static Checked<Uuid> parse(std::string_view text);  // 8-4-4-4-12 hexadecimal digits, any case
    std::string str() const;                            // lower case
    auto operator<=>(const Uuid&) const = default;
};

}  // namespace safargo
