// Digit codes in a request body.
#pragma once

#include "contract/codec.hpp"
#include "core/digits.hpp"

namespace safargo::contract {

template <std::size_t Size>
struct SpelledSchema<DigitCode<Size>> {
    static std::string text() {
        const std::string description =
            std::to_string(Size) + " digits of any script; blanks, dashes, dots and parentheses may group them";
        const std::string example = '"' + std::string(example_digits.substr(0, Size)) + '"';
        return typed_schema(Size, longest_typed_digits, {"^[^!-'*-,/:-~]*$", description, example});
    }
};

}  // namespace safargo::contract
