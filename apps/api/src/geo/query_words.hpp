// Which words of a query say which place is meant, in suggest and in the search of places alike.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace safargo::geo {

// Words of grammar: "de", "la", "of", "من".
bool is_filler(std::string_view folded_word);

// Takes the country ("Algérie", "الجزائر") away where a word that says more remains; whether it stood there.
bool drop_country(std::vector<std::string_view>& folded_words);

// The folded words without fillers, without what people write around a name ("ville", "gare", "centre", "ولاية",
// "محطة") and without a country to drop. All of them when nothing else is there: "La Gare", "Centre ville".
std::vector<std::string_view> telling_words(std::span<const std::string_view> folded_words);

}  // namespace safargo::geo
