// Finds entries by what people type of their names. Knows no geography: an entry is a number with a weight.
#pragma once

#include "geo/name_scores.hpp"
#include "geo/name_spelling.hpp"
#include "geo/sound_table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::geo {

class NameIndex {
public:
    // An entry with all its names, in any script; its number is its index in the list. Weight 0..999 orders equal hits.
    struct Entry {
        int weight;
        std::vector<std::string> names;
        std::optional<std::size_t> within{};  // the entry that contains it, which people name beside it
        bool folded = false;                  // the names are results of fold_name already
    };
    using Hit = NameScores::Hit;

    explicit NameIndex(std::span<const Entry> entries);

    // Best first; equal scores in the order of entries. Similar spellings and sounds are tried if the typed letters
    // match no whole name and fewer than `limit` others. Words without information (query_words.hpp) count only within
    // a name, and an unknown word does not hide what the others match. Reads the first 200 bytes of the query.
    std::vector<Hit> find(std::string_view query, std::size_t limit) const;

private:
    struct Name {
        std::string folded;
        std::size_t entry;
    };
    // A name from one of its words to the end.
    struct Tail {
        std::size_t name, offset;
        bool whole;  // only an article or nothing precedes it
    };
    struct Voice {
        std::size_t entry;
        bool whole;
    };
    struct Spelling {
        Letters letters;
        std::size_t entry;
    };

    void add_name(std::size_t entry, std::string folded, std::vector<Sound>& sounds);
    void add_voices(std::size_t entry, std::span<const std::string_view> words, std::vector<Sound>& sounds);
    void add_voice(Voice voice, Sound sound, std::vector<Sound>& sounds);
    std::string_view text_of(const Tail& tail) const;
    std::span<const Tail> tails_beginning(std::string_view folded) const;
    void score_without_words_around(std::vector<std::string_view> words, std::size_t limit, NameScores& scores) const;
    void score_as_spelt(std::span<const std::string_view> words, int less, NameScores& scores) const;
    void score_beginnings(std::string_view folded, int less, NameScores& scores) const;
    void score_words(std::span<const std::string_view> words, int less, NameScores& scores) const;
    void score_spellings(std::string_view folded, int farther, NameScores& scores) const;
    void score_voices(std::span<const std::string_view> words, int farther, NameScores& scores) const;

    // name_parts.cpp: for queries whose words are not all in one name.
    using Mask = std::uint8_t;  // one bit per word
    struct Parts;
    void score_parts(std::span<const std::string_view> words, NameScores& scores) const;
    Parts find_parts(std::span<const std::string_view> words) const;
    void score_unknown(std::span<const std::string_view> words, Mask known, NameScores& scores) const;

    std::vector<int> weights_;
    std::vector<std::optional<std::size_t>> within_;
    std::vector<Name> names_;
    std::vector<Tail> tails_;  // sorted by text
    std::vector<Voice> voices_;
    SoundTable sounds_;  // indexed like voices_
    std::vector<Spelling> spellings_;
    std::vector<LetterCounts> spelling_counts_;  // stored separately for the scan that excludes most of them
};

}  // namespace safargo::geo
