// User text: valid UTF-8, trimmed, of bounded length, without control characters other than line breaks. Text shown
// inside another line (a name, a label) is a Line: it has no breaks and nothing that reverses the text around it.
#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace safargo {

bool is_valid_utf8(std::string_view bytes);
std::size_t count_characters(std::string_view utf8);  // code points

enum class Breaks { allowed, refused };

// Trims white space, then checks 1. encoding, 2. control characters, 3. length in code points.
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
