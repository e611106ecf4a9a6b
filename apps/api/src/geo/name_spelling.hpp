// The number of typing errors between two spellings: letters missing, added, wrong or swapped with a neighbour.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace safargo::geo {

// A folded name without spaces, one unit per letter of any script.
using Letters = std::u16string;
Letters letters_of(std::string_view folded);

// Returns limit + 1 for anything above `limit`. Only the first 100 letters of each count.
int spelling_distance(std::u16string_view a, std::u16string_view b, int limit);

// Never more than spelling_distance: a cheap test that two names are far apart.
using LetterCounts = std::array<std::uint8_t, 32>;
LetterCounts count_letters(std::u16string_view letters);
int spelling_distance_bound(const LetterCounts& a, const LetterCounts& b);

}  // namespace safargo::geo
