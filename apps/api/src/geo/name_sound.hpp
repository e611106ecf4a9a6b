// How a name sounds, written in one alphabet for Latin, Arabic and arabizi: قسنطينة, Qsentina, 9sentina and Ksentina
// come out nearly alike. Consonants weigh; vowels, h and doubled letters, which spellings disagree on, hardly do.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace safargo::geo {

// The symbols of the alphabet:
//   a (a e ع), i (i y ي), u (o u ou w و), h (h ه ح) are light;
//   b d f J (dj, j, soft g, ج) K (k q hard g and c, gh, غ) l m n r s S (ch ش) t X (kh خ) z and digits are heavy.
using Sound = std::string;

enum class Articles { kept, dropped };

// Cut at 40 symbols or so: enough for every name, and a bound on what a query can cost.
Sound sound_of(std::span<const std::string_view> folded_words, Articles articles);

bool is_light(char symbol);
int heavy_symbols(std::string_view sound);

}  // namespace safargo::geo
