// Codes of digits in a body: what clients are told to send is the digits alone.
#pragma once

#include "contract/codec.hpp"
#include "core/digits.hpp"

namespace safargo::contract {

template <std::size_t Size>
struct SpelledSchema<DigitCode<Size>> {
    static std::string text() { return R"({"type":"string","pattern":"^[0-9]{)" + std::to_string(Size) + R"(}$"})"; }
};

}  // namespace safargo::contract
