// Queries whose words are not all in one name: a place with the wilaya it is in ("Kaïs Khenchela"), and unknown words.
#include "geo/name_fold.hpp"
#include "geo/name_index.hpp"
#include "geo/query_words.hpp"

#include <algorithm>

namespace safargo::geo {
namespace {

constexpr std::size_t shortest_begun = 3;    // letters of an incomplete word
constexpr std::size_t shortest_unknown = 4;  // letters of a word looked up by its sound
constexpr std::size_t most_unknown = 3;
constexpr int unknown_distance = 3;  // penalty of a single word against a whole query
constexpr std::size_t most_letters = 30;
constexpr int most_around = 3;  // its wilaya, and former ones

bool tells(std::string_view word) {
    return !is_article(word) && !is_filler(word) && word.size() > 1;
}

std::size_t letters_in(std::string_view word) {
    return static_cast<std::size_t>(
        std::ranges::count_if(word, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool is_number(std::string_view word) {
    return std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool consists_of(std::string_view name, std::span<const std::string_view> words) {
    return std::ranges::all_of(words_of(name), [&](std::string_view of_name) {
        return !tells(of_name) || std::ranges::find(words, of_name) != words.end();
    });
}

}  // namespace

// Which words match each entry, and whether one of its names contains them all.
struct NameIndex::Parts {
    std::vector<Mask> words;
    std::vector<bool> whole;
    Mask known = 0;
};

NameIndex::Parts NameIndex::find_parts(std::span<const std::string_view> words) const {
    Parts parts{std::vector<Mask>(weights_.size()), std::vector<bool>(weights_.size())};
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto bit = static_cast<Mask>(1U << i);
        for (const Tail& tail : tails_beginning(words[i])) {
            const std::string_view text = text_of(tail);
            const bool ends_here = text.size() == words[i].size() || text[words[i].size()] == ' ';
            if (!ends_here && letters_in(words[i]) < shortest_begun) continue;
            const Name& name = names_[tail.name];
            parts.words[name.entry] |= bit;
            parts.known |= bit;
            if (ends_here && consists_of(name.folded, words)) parts.whole[name.entry] = true;
        }
    }
    return parts;
}

void NameIndex::score_parts(std::span<const std::string_view> words, NameScores& scores) const {
    std::vector<std::string_view> telling;
    std::ranges::copy_if(words, std::back_inserter(telling), tells);
    if (telling.empty()) return;
    const Parts parts = find_parts(telling);
    const auto all = static_cast<Mask>((1U << telling.size()) - 1);
    for (std::size_t entry = 0; entry < weights_.size(); ++entry) {
        if (parts.words[entry] == 0) continue;
        Mask named = parts.words[entry];
        auto around = within_[entry];
        for (int step = 0; around && step < most_around; ++step, around = within_[*around])
            named |= parts.words[*around];
        std::size_t letters = 0;
        for (std::size_t i = 0; i < telling.size(); ++i)
            if (named >> i & 1) letters += letters_in(telling[i]);
        const int tier = named == all ? every_word : parts.whole[entry] ? whole_name_of_some_words : some_words;
        const int for_letters = named == all ? 0 : per_letter * static_cast<int>(std::min(letters, most_letters));
        scores.offer(entry, tier + for_letters + scores.weight(entry) / small_weight_divisor);
    }
    score_unknown(telling, parts.known, scores);
}

void NameIndex::score_unknown(std::span<const std::string_view> words, Mask known, NameScores& scores) const {
    std::vector<std::string_view> unknown;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (!(known >> i & 1) && letters_in(words[i]) >= shortest_unknown && !is_number(words[i]))
            unknown.push_back(words[i]);
    std::ranges::sort(unknown, std::greater<>{}, letters_in);
    unknown.resize(std::min(unknown.size(), most_unknown));
    for (const std::string_view& word : unknown) {
        score_spellings(word, unknown_distance, scores);
        score_voices({&word, 1}, unknown_distance, scores);
    }
}

}  // namespace safargo::geo
