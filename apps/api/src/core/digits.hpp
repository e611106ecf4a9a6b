// Numbers as people type and paste them: phone numbers, one-time codes, PINs, plates.
#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace safargo {

// Normalises text to plain characters: digits of any script become 0-9, blanks of every width become spaces, dashes of
// every kind '-', full-width signs and letters ASCII; invisible characters (bidi marks, BOM, zero-width) are removed.
// Everything else is unchanged; bytes that are not UTF-8 become U+FFFD.
std::string plain_characters(std::string_view typed);

inline constexpr std::size_t longest_typed_digits = 200;  // bytes
inline constexpr std::string_view example_digits = "482103957641";

// The digits of a number grouped with spaces, dashes, dots and parentheses; nothing if it contains anything else.
std::optional<std::string> digits_of(std::string_view typed);

// Exactly `size` digits in any grouping; bad_format, with an example, if there is anything else.
Checked<std::string> read_digit_code(std::string_view typed, std::size_t size);

template <std::size_t Size>
class DigitCode {
public:
    static constexpr std::size_t size = Size;

    static Checked<DigitCode> parse(std::string_view typed) {
        auto digits = read_digit_code(typed, Size);
        if (!digits) return std::unexpected(std::move(digits.error()));
        DigitCode code;
        code.digits_ = std::move(*digits);
        return code;
    }
    const std::string& str() const { return digits_; }
    bool operator==(const DigitCode&) const = default;

private:
    std::string digits_;
};

}  // namespace safargo
