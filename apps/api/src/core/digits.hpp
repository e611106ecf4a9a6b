// Numbers as people type and paste them: phones, one-time codes, PINs, plates.
#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace safargo {

// The same text in plain characters: digits of any script are 0-9, blanks of every width are spaces, dashes of every
// kind are '-', full-width signs and letters are ASCII; what prints nothing (bidi marks, BOM, zero-width) is gone.
// Everything else stays as it is; bytes that are not UTF-8 become U+FFFD.
std::string plain_characters(std::string_view typed);

inline constexpr std::size_t longest_typed_digits = 200;  // bytes
inline constexpr std::string_view example_digits = "482103957641";

// The digits of a number that is grouped with spaces, dashes, dots and parentheses, if nothing else stands in it.
std::optional<std::string> digits_of(std::string_view typed);

// Exactly `size` digits however they are grouped. bad_format names the example where something else stands in it.
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
