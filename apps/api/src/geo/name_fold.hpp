// Folds place names to one spelling per script, to compare what people type with what maps write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace safargo::geo {

// Lower-case words joined by one space: "Aïn-Témouchent" -> "ain temouchent", "M'Sila" -> "msila", "L'Hillil" -> "l
// hillil", "أُمّ البواقي" -> "ام بواقي" (no tashkeel or tatweel, one alef, ة as ه, ى as ي, no ال). docs/folding.md
// states the order of the steps, for other implementations. Invalid UTF-8 separates words.
std::string fold_name(std::string_view utf8);

std::vector<std::string_view> words_of(std::string_view folded);

// The Arabic article in French spelling: "el", "ech", "es", …
bool is_article(std::string_view folded_word);

}  // namespace safargo::geo
