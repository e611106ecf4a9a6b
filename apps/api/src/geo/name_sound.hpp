// How a name sounds, written in one alphabet for Latin, Arabic and arabizi: قسنطينة, Qsentina, 9sentina and Ksentina
// come out nearly alike. Consonants weigh; vowels, h and doubled letters, which spellings disagree on, hardly do.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace safargo::geo {

// The symbols of the alphabet:
//   a (a e ع), i (i y ي), u (o u ou w و), h (h ه ح) are light;
//   b d f J (dj, j, soft g, ج) K (k q hard g and c, gh, غ) l m n r s S (ch ش) t X (kh خ) z and digits are heavy.
using Sound = std::string;

enum class Articles { kept, dropped };

Sound sound_of(std::span<const std::string_view> folded_words, Articles articles);

// How often each group of confusable heavy symbols stands in a sound.
using SoundCounts = std::array<std::uint8_t, 16>;
SoundCounts count_sounds(std::string_view sound);
int heavy_symbols(const SoundCounts& counts);

// Cost of turning `query` into the beginning of `name` (1 for a light symbol, 4 for a heavy one, 2 between confusable
// ones), and up to 3 more for what of the name is left over. Anything above `limit` is limit + 1.
int sound_distance(std::string_view query, std::string_view name, int limit);

// Never more than sound_distance: tells cheaply that a name is out of reach.
int sound_distance_bound(const SoundCounts& query, const SoundCounts& name);

}  // namespace safargo::geo
