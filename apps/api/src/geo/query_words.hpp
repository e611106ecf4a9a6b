// Finds the words of a query that identify a place, for suggestions and place search alike.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace safargo::geo {

// Function words: "de", "la", "of", "من".
bool is_filler(std::string_view folded_word);

// Removes the country ("Algérie", "الجزائر") if a more specific word remains; returns whether it did.
bool drop_country(std::vector<std::string_view>& folded_words);

// The folded words without fillers, without the words people put around a name ("ville", "gare", "centre", "ولاية",
// "محطة") and without a removable country. All words if nothing else is left: "La Gare", "Centre ville".
std::vector<std::string_view> telling_words(std::span<const std::string_view> folded_words);

}  // namespace safargo::geo
