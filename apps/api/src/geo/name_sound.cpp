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

// Longest first within a first letter. Soft c and g and the digits of arabizi are decided in LatinReader.
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

// A sound is never longer: enough for every name, and a bound on what a query can cost.
constexpr std::size_t longest_sound = 40;

bool is_light(char c) {
    return c == 'a' || c == 'i' || c == 'u' || c == 'h';
}

// Confusable symbols share a group; 0 for light ones.
std::size_t group_of(char c) {
    switch (c) {
        case 'K':
        case 'X':
            return 1;
        case 't':
        case 'd':
            return 2;
        case 's':
        case 'S':
        case 'z':
        case 'J':
            return 3;
        default: {
            constexpr std::string_view alone = "bflmnr";
            const std::size_t found = alone.find(c);
            if (found != std::string_view::npos) return 4 + found;
            return is_light(c) ? 0 : 15;
        }
    }
}

constexpr int light_cost = 1;
constexpr int heavy_cost = 4;
constexpr int confusable_cost = 2;

int cost_alone(char c) {
    return is_light(c) ? light_cost : heavy_cost;
}

int cost_instead(char a, char b) {
    if (a == b) return 0;
    if (is_light(a) != is_light(b)) return light_cost + heavy_cost;
    if (is_light(a)) return light_cost;
    return group_of(a) == group_of(b) && group_of(a) != 15 ? confusable_cost : heavy_cost;
}

// A vowel more at the end is a matter of spelling; more than that says that the name goes on.
int cost_of_rest(std::string_view rest) {
    if (rest.empty() || (rest.size() == 1 && is_light(rest.front()))) return 0;
    return std::min<int>(3, 1 + static_cast<int>(std::ranges::count_if(rest, [](char c) { return !is_light(c); })) / 2);
}

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

SoundCounts count_sounds(std::string_view sound) {
    SoundCounts counts{};
    for (const char c : sound) ++counts[group_of(c)];
    counts[0] = 0;
    return counts;
}

int heavy_symbols(const SoundCounts& counts) {
    int sum = 0;
    for (const std::uint8_t count : counts) sum += count;
    return sum;
}

int sound_distance_bound(const SoundCounts& query, const SoundCounts& name) {
    int missing = 0;
    for (std::size_t i = 0; i < query.size(); ++i) missing += query[i] > name[i] ? query[i] - name[i] : 0;
    return missing * heavy_cost;
}

int sound_distance(std::string_view query, std::string_view name, int limit) {
    query = query.substr(0, longest_sound + 1);
    name = name.substr(0, longest_sound + 1);
    // Rows of the edit-distance table: the last two, for swapped neighbours, and the one being made.
    std::array<std::array<int, longest_sound + 2>, 3> rows{};
    for (std::size_t j = 0; j < name.size(); ++j) rows[0][j + 1] = rows[0][j] + cost_alone(name[j]);
    for (std::size_t i = 1; i <= query.size(); ++i) {
        const auto& above = rows[(i - 1) % 3];
        const auto& above_that = rows[(i + 1) % 3];
        auto& row = rows[i % 3];
        const char q = query[i - 1];
        int least = row[0] = above[0] + cost_alone(q);
        for (std::size_t j = 1; j <= name.size(); ++j) {
            const char n = name[j - 1];
            row[j] =
                std::min({above[j] + cost_alone(q), row[j - 1] + cost_alone(n), above[j - 1] + cost_instead(q, n)});
            if (i > 1 && j > 1 && q == name[j - 2] && n == query[i - 2])
                row[j] = std::min(row[j], above_that[j - 2] + std::max(cost_alone(q), cost_alone(n)));
            least = std::min(least, row[j]);
        }
        if (least > limit) return limit + 1;
    }
    int best = limit + 1;
    for (std::size_t j = 0; j <= name.size(); ++j)
        best = std::min(best, rows[query.size() % 3][j] + cost_of_rest(name.substr(j)));
    return best;
}

}  // namespace safargo::geo
