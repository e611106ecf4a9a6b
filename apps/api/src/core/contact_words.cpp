#include "core/contact_words.hpp"

#include "core/characters.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <stdexcept>

namespace safargo::contact {
namespace {

// Folds case, composes compatibility forms, then separates letters from their marks.
icu::UnicodeString decompose(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const icu::Normalizer2* apart = icu::Normalizer2::getNFDInstance(status);
    const auto text = icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())});
    icu::UnicodeString folded, out;
    if (U_SUCCESS(status)) fold->normalize(text, folded, status);
    if (U_SUCCESS(status)) apart->normalize(folded, out, status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU normalisation data is missing");
    return out;
}

bool is_silent(char32_t c) {
    return is_combining_mark(c) || is_ignorable(c) || c == U'ـ';
}

// Decimal digits of any script, and circled ones (black or double), which no normalisation form folds.
char32_t plain_digit(char32_t c) {
    if (const auto digit = digit_value(c)) return static_cast<char32_t>(U'0' + *digit);
    if (u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NUMERIC_TYPE) != U_NT_DIGIT) return c;
    return static_cast<char32_t>(U'0' + static_cast<int>(u_getNumericValue(static_cast<UChar32>(c))));
}

bool is_word_character(char32_t c) {
    return c == U'_' || u_isalpha(static_cast<UChar32>(c)) || u_isdigit(static_cast<UChar32>(c));
}

// Characters people put around a sign to disguise it: "amel (at) gmail [dot] com".
bool is_wrapping(char32_t c) {
    return is_blank(c) || is_control(c) || std::u32string_view(U"()[]{}<>\"'«»“”").contains(c);
}

void take(char32_t c, bool& in_word, bool& glued, std::vector<Token>& tokens) {
    const bool word = is_word_character(c);
    if (!word || !in_word) tokens.push_back({{}, glued});
    in_word = word;
    glued = true;
    append_character(tokens.back().text, is_dash(c) ? U'-' : c);
}

}  // namespace

bool Token::is_word() const {
    std::string_view rest = text;
    return is_word_character(take_character(rest));
}

std::vector<Token> tokens_of(std::string_view utf8) {
    const icu::UnicodeString text = decompose(utf8);
    std::vector<Token> tokens;
    bool in_word = false, glued = false;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const char32_t c = plain_digit(static_cast<char32_t>(text.char32At(i)));
        if (is_silent(c)) continue;
        if (is_wrapping(c)) {
            in_word = glued = false;
        } else {
            take(c, in_word, glued, tokens);
        }
    }
    return tokens;
}

}  // namespace safargo::contact
