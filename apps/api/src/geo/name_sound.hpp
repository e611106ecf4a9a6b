// The sound of a name in one alphabet for Latin, Arabic and arabizi: قسنطينة, Qsentina, 9sentina and Ksentina are
// nearly equal. Consonants weigh most; vowels, h and doubled letters, which vary between spellings, hardly count.
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

// Limited to about 40 symbols: enough for every name, and a bound on the cost of a query.
Sound sound_of(std::span<const std::string_view> folded_words, Articles articles);

bool is_light(char symbol);
int heavy_symbols(std::string_view sound);

}  // namespace safargo::geo
