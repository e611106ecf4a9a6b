#include "geo/name_spelling.hpp"

#include <unicode/unistr.h>

#include <algorithm>

namespace safargo::geo {
namespace {

constexpr std::size_t longest = 100;

}  // namespace

Letters letters_of(std::string_view folded) {
    const auto text = icu::UnicodeString::fromUTF8({folded.data(), static_cast<std::int32_t>(folded.size())});
    Letters letters(text.getBuffer(), static_cast<std::size_t>(text.length()));
    std::erase(letters, u' ');
    return letters;
}

int spelling_distance(std::u16string_view a, std::u16string_view b, int limit) {
    a = a.substr(0, longest);
    b = b.substr(0, longest);
    // Rows of the edit-distance table: the previous two, for transpositions, and the current one.
    std::array<std::array<int, longest + 1>, 3> rows;
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        const auto& above = rows[(i - 1) % 3];
        const auto& above_that = rows[(i + 1) % 3];
        auto& row = rows[i % 3];
        int least = row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], above_that[j - 2] + 1);
            least = std::min(least, row[j]);
        }
        if (least > limit) return limit + 1;
    }
    return std::min(limit + 1, rows[a.size() % 3][b.size()]);
}

LetterCounts count_letters(std::u16string_view letters) {
    LetterCounts counts{};
    for (const char16_t letter : letters.substr(0, longest)) ++counts[letter % counts.size()];
    return counts;
}

int spelling_distance_bound(const LetterCounts& a, const LetterCounts& b) {
    int missing = 0, added = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        missing += std::max(a[i] - b[i], 0);
        added += std::max(b[i] - a[i], 0);
    }
    return std::max(missing, added);
}

}  // namespace safargo::geo
