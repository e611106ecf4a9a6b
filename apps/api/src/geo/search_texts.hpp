// What a text search outside this process (PostgreSQL, OpenSearch) stores of names and is asked for. Both sides are
// folded here, so that one folding (docs/folding.md) rules them whatever the store does by itself.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::geo {

// Of all names of one thing, each without duplicates and joined by spaces.
struct SearchTexts {
    std::vector<std::string> folded;  // whole names
    std::string words;                // their words, and each name of several words as one: "tizi ouzou tiziouzou"
    std::string sounds;               // what those sound like (name_sound.hpp)
    std::string bones;                // the heavy symbols of the sounds: "tlmsn" for Tlemcen and Tilimsen
};

SearchTexts search_texts(std::span<const std::string> names);

// A word of a query in the same three forms; "" where it is too short to tell anything.
struct SearchTerm {
    std::string word, sound, bones;
    int letters = 0;

    bool operator==(const SearchTerm&) const = default;
};

// The telling words (query_words.hpp), and all of them as one. Empty if the query holds no letter or digit. Reads the
// first 200 bytes and at most eight words.
std::vector<SearchTerm> search_terms(std::string_view query);

}  // namespace safargo::geo
