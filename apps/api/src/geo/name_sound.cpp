#include "geo/name_sound.hpp"

#include "geo/name_fold.hpp"

#include <unicode/utf8.h>

#include <algorithm>
#include <cctype>

namespace safargo::geo {
namespace {

struct Spelling {
    std::string_view letters, sound;
};

// Longest first for each first letter. Soft c and g and the digits of arabizi are handled in LatinReader.
constexpr Spelling latin[] = {
    {"tch", "S"}, {"ch", "S"}, {"ck", "K"}, {"dj", "J"}, {"dh", "d"}, {"gh", "K"}, {"kh", "X"}, {"ph", "f"},
    {"sh", "S"},  {"th", "t"}, {"ou", "u"}, {"qu", "K"}, {"a", "a"},  {"b", "b"},  {"c", "K"},  {"d", "d"},
    {"e", "a"},   {"f", "f"},  {"g", "K"},  {"h", "h"},  {"i", "i"},  {"j", "J"},  {"k", "K"},  {"l", "l"},
    {"m", "m"},   {"n", "n"},  {"o", "u"},  {"p", "b"},  {"q", "K"},  {"r", "r"},  {"s", "s"},  {"t", "t"},
    {"u", "u"},   {"v", "f"},  {"w", "u"},  {"x", "Ks"}, {"y", "i"},  {"z", "z"},
};

// Digits that stand for Arabic letters inside a Latin word.
constexpr Spelling arabizi[] = {{"2", ""}, {"3", "a"}, {"5", "X"}, {"6", "t"}, {"7", "h"}, {"8", "K"}, {"9", "K"}};

constexpr Spelling arabic[] = {
    {"ا", "a"}, {"ب", "b"}, {"ت", "t"}, {"ث", "t"}, {"ج", "J"}, {"ح", "h"}, {"خ", "X"},
    {"د", "d"}, {"ذ", "d"}, {"ر", "r"}, {"ز", "z"}, {"س", "s"}, {"ش", "S"}, {"ص", "s"},
    {"ض", "d"}, {"ط", "t"}, {"ظ", "d"}, {"ع", "a"}, {"غ", "K"}, {"ف", "f"}, {"ق", "K"},
    {"ك", "K"}, {"ل", "l"}, {"م", "m"}, {"ن", "n"}, {"ه", "h"}, {"و", "u"}, {"ي", "i"},
};

constexpr std::size_t longest_sound = 40;

class SoundWriter {
public:
    void word(std::string_view word) {
        const bool has_letter = std::ranges::any_of(word, [](unsigned char c) { return !std::isdigit(c); });
        while (!word.empty() && sound_.size() < longest_sound) {
            const Spelling spelling = has_letter ? next(word) : Spelling{word.substr(0, 1), word.substr(0, 1)};
            for (const char c : spelling.sound) append(c);
            word.remove_prefix(spelling.letters.size());
        }
    }

    Sound finish() { return std::move(sound_); }

private:
    static bool is_soft(std::string_view rest) { return !rest.empty() && std::string_view("eiy").contains(rest[0]); }

    static Spelling next(std::string_view word) {
        if (word.size() == 1 && word[0] == 'h') return {word, ""};
        if (word == "ه") return {word, "a"};  // the ending ة
        if (word[0] == 'c' && is_soft(word.substr(1))) return {word.substr(0, 1), "s"};
        if (word.starts_with("gu") && is_soft(word.substr(2))) return {word.substr(0, 2), "K"};
        if (word[0] == 'g' && is_soft(word.substr(1))) return {word.substr(0, 1), "J"};
        for (const auto table : {std::span<const Spelling>(latin), std::span<const Spelling>(arabizi),
                                 std::span<const Spelling>(arabic)}) {
            for (const Spelling& spelling : table)
                if (word.starts_with(spelling.letters)) return spelling;
        }
        return {word.substr(0, letter_size(word)), ""};
    }

    static std::size_t letter_size(std::string_view word) {
        std::size_t size = 0;
        U8_FWD_1(word.data(), size, word.size());
        return size;
    }

    void append(char c) {
        if (sound_.empty() || sound_.back() != c) sound_.push_back(c);
    }

    Sound sound_;
};

}  // namespace

Sound sound_of(std::span<const std::string_view> folded_words, Articles articles) {
    SoundWriter writer;
    for (const std::string_view word : folded_words) {
        if (articles == Articles::dropped && folded_words.size() > 1 && is_article(word)) continue;
        writer.word(word);
    }
    return writer.finish();
}

bool is_light(char symbol) {
    return symbol == 'a' || symbol == 'i' || symbol == 'u' || symbol == 'h';
}

int heavy_symbols(std::string_view sound) {
    return static_cast<int>(std::ranges::count_if(sound, [](char symbol) { return !is_light(symbol); }));
}

}  // namespace safargo::geo
