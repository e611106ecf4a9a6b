// The text that contact_details.hpp looks at, taken apart.
#pragma once

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
// too, are 0-9; full-width signs and ligatures are plain.
std::vector<Token> tokens_of(std::string_view utf8);

// Whether a phone number stands among the tokens: Algerian with or without 213 and however it is grouped, or foreign
// behind '+' or 00.
bool holds_phone_number(const std::vector<Token>& tokens);

}  // namespace safargo::contact
