// The text that contact_details.hpp looks at, taken apart.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::contact {

// A word of letters, digits and '_', or one sign. Blanks, brackets and quotes are none.
struct Token {
    std::string text;
    bool glued = false;  // nothing stands between it and the token before

    bool is(std::string_view other) const { return text == other; }
    bool is_word() const;
};

// Lower-case, without accents, Arabic marks and what prints nothing; digits of any script, circled and full-width ones
// too (black circles as well), are 0-9; full-width signs and ligatures are plain.
std::vector<Token> tokens_of(std::string_view utf8);

struct SpokenNumber {
    std::string digits;
    std::size_t tokens;  // that it takes
};

// The number that begins the tokens in words, French, Arabic or English, up to three digits: "cinquante et un" is 51.
std::optional<SpokenNumber> spoken_number(std::span<const Token> tokens);

// Whether a phone number stands among the tokens: Algerian with or without 213 and however it is grouped, or foreign
// behind '+' or 00. Lists that count ("06 07 08 09 10") are none.
bool holds_phone_number(const std::vector<Token>& tokens);

}  // namespace safargo::contact
