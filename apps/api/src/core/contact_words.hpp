// Tokenises text for contact_details.hpp.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::contact {

// A word of letters, digits and '_', or a single sign. Blanks, brackets and quotes are dropped.
struct Token {
    std::string text;
    bool glued = false;  // directly follows the previous token

    bool is(std::string_view other) const { return text == other; }
    bool is_word() const;
};

// Lower case, without accents, Arabic marks and invisible characters. Digits of any script, circled (black too) and
// full-width ones become 0-9; full-width signs and ligatures become plain.
std::vector<Token> tokens_of(std::string_view utf8);

struct SpokenNumber {
    std::string digits;
    std::size_t tokens;  // number of tokens it spans
};

// The number spelled by the first tokens in French, Arabic or English, up to three digits: "cinquante et un" is 51.
std::optional<SpokenNumber> spoken_number(std::span<const Token> tokens);

// Whether the tokens contain a phone number: Algerian, with or without 213 and in any grouping, or foreign after '+' or
// 00. Sequences ("06 07 08 09 10") are not phone numbers.
bool holds_phone_number(const std::vector<Token>& tokens);

}  // namespace safargo::contact
