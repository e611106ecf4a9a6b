// Place names brought to one spelling per script, so that what people type can be compared with what maps write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace safargo::geo {

// Lower-case words joined by one space: "Aïn-Témouchent" -> "ain temouchent", "M'Sila" -> "msila",
// "L'Hillil" -> "l hillil", "أُمّ البواقي" -> "ام بواقي" (no tashkeel or tatweel, one alef, ة as ه, ى as ي, no ال).
// docs/folding.md states the order of steps, which whoever folds elsewhere follows.
// Bytes that are not UTF-8 separate words.
std::string fold_name(std::string_view utf8);

std::vector<std::string_view> words_of(std::string_view folded);

// "el", "ech", "es", … as French spells the Arabic article.
bool is_article(std::string_view folded_word);

}  // namespace safargo::geo
