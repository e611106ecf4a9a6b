#include "geo/name_fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <stdexcept>

namespace safargo::geo {
namespace {

constexpr std::string_view arabic_article = "ال";
constexpr std::size_t shortest_after_article = 4;  // two letters in bytes: الى and ألف have no article

struct Substitution {
    char32_t from;
    std::string_view to;
};

// Letters that decomposition does not separate although readers consider them equal; sorted by code point.
constexpr Substitution substitutions[] = {
    {U'ß', "ss"}, {U'æ', "ae"}, {U'ø', "o"},  {U'đ', "d"}, {U'ħ', "h"}, {U'ı', "i"}, {U'ł', "l"}, {U'œ', "oe"},
    {U'ɛ', "a"},  {U'ɣ', "gh"}, {U'γ', "gh"}, {U'ε', "a"}, {U'ء', ""},  {U'ة', "ه"}, {U'ـ', ""},  {U'ى', "ي"},
    {U'ٱ', "ا"},  {U'پ', "ب"},  {U'چ', "ج"},  {U'ڤ', "ف"}, {U'ڨ', "ق"}, {U'ک', "ك"}, {U'ڭ', "ق"}, {U'گ', "ق"},
    {U'ھ', "ه"},  {U'ہ', "ه"},  {U'ۃ', "ه"},  {U'ی', "ي"}, {U'ە', "ه"},
};
static_assert(std::ranges::is_sorted(substitutions, {}, &Substitution::from));

const Substitution* find_substitution(char32_t c) {
    const auto* found = std::ranges::lower_bound(substitutions, c, {}, &Substitution::from);
    return found != std::end(substitutions) && found->from == c ? found : nullptr;
}

// Including those that transcriptions use for hamza and ain.
bool is_apostrophe(char32_t c) {
    return std::u32string_view(U"'’‘‛`´ʹʻʼʽʾʿˈ′＇").contains(c);
}

icu::UnicodeString decompose(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
    auto text = icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())});
    text.findAndReplace(u"´", u"'");  // which would decompose into a space and an accent
    icu::UnicodeString out;
    if (U_SUCCESS(status)) nfkd->normalize(text, out, status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU: no NFKD data");
    return out;
}

void append_utf8(std::string& out, char32_t c) {
    icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(out);
}

class Folder {
public:
    void take(char32_t c) {
        c = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
        const auto type = U_MASK(u_charType(static_cast<UChar32>(c)));
        if (const auto* found = find_substitution(c)) {
            word_ += found->to;
        } else if (is_apostrophe(c)) {
            // "d'Alger" is two words, "M'Sila" is one.
            if (word_ == "d" || word_ == "l") end_word();
        } else if (type & U_GC_ND_MASK) {
            word_.push_back(static_cast<char>('0' + u_charDigitValue(static_cast<UChar32>(c))));
        } else if (type & U_GC_L_MASK) {
            append_utf8(word_, c);
        } else if (!(type & (U_GC_M_MASK | U_GC_CF_MASK))) {
            end_word();
        }
    }

    std::string finish() {
        end_word();
        return std::move(folded_);
    }

private:
    void end_word() {
        std::string_view word = word_;
        if (word.starts_with(arabic_article) && word.size() >= arabic_article.size() + shortest_after_article)
            word.remove_prefix(arabic_article.size());
        if (!word.empty()) {
            if (!folded_.empty()) folded_.push_back(' ');
            folded_ += word;
        }
        word_.clear();
    }

    std::string folded_, word_;
};

}  // namespace

std::string fold_name(std::string_view utf8) {
    const icu::UnicodeString text = decompose(utf8);
    Folder folder;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        folder.take(static_cast<char32_t>(text.char32At(i)));
    return folder.finish();
}

std::vector<std::string_view> words_of(std::string_view folded) {
    std::vector<std::string_view> words;
    while (!folded.empty()) {
        const std::size_t end = std::min(folded.find(' '), folded.size());
        words.push_back(folded.substr(0, end));
        folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    return words;
}

bool is_article(std::string_view folded_word) {
    constexpr std::string_view articles[] = {"el", "al", "l",  "ech", "ach", "es", "as", "er", "ar",
                                             "en", "an", "ed", "ad",  "et",  "at", "ez", "az"};
    return std::ranges::find(articles, folded_word) != std::end(articles);
}

}  // namespace safargo::geo
