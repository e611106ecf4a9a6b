// Text of people: valid UTF-8, no control characters but line breaks, trimmed, a bounded number of characters. What is
// shown inside a line of somebody else's (a name, a label) is a Line: no breaks, nothing that turns its surroundings
// round.
#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace safargo {

bool is_valid_utf8(std::string_view bytes);
std::size_t count_characters(std::string_view utf8);  // code points

enum class Breaks { allowed, refused };

// Trims white space and checks 1. encoding, 2. controls, 3. length in code points.
Checked<std::string> clean_text(std::string_view raw, std::size_t min, std::size_t max, Breaks breaks);

template <std::size_t Max, std::size_t Min = 1, Breaks Allowed = Breaks::allowed>
class Text {
public:
    static constexpr std::size_t min = Min;
    static constexpr std::size_t max = Max;

    static Checked<Text> parse(std::string_view raw) {
        auto clean = clean_text(raw, Min, Max, Allowed);
        if (!clean) return std::unexpected(clean.error());
        Text text;
        text.value_ = std::move(*clean);
        return text;
    }
    const std::string& str() const { return value_; }
    auto operator<=>(const Text&) const = default;

private:
    std::string value_;
};

template <std::size_t Max, std::size_t Min = 1>
using Line = Text<Max, Min, Breaks::refused>;

}  // namespace safargo
