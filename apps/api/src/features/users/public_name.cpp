#include "core/characters.hpp"
#include "core/text_cut.hpp"
#include "features/users/types.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

namespace safargo::users {
namespace {

using Words = std::span<const std::string_view>;

// Every character that looks like a gap separates names, including a zero-width space.
bool is_gap(char32_t c) {
    return is_blank(c) || c == U'\u200b';
}

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> found;
    bool inside = false;
    while (!text.empty()) {
        const char* const at = text.data();
        const bool gap = is_gap(take_character(text));
        if (!gap && !inside) found.emplace_back(at, 0);
        if (!gap) found.back() = {found.back().data(), static_cast<std::size_t>(text.data() - found.back().data())};
        inside = !gap;
    }
    return found;
}

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& known, std::string_view word) {
    std::string lower(word);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return std::ranges::find(known, std::string_view(lower)) != known.end();
}

// Words that begin a name but are not names alone: servant of, son of, father of, mother of, master, the article.
constexpr std::array<std::string_view, 48> openers{
    "abd", "abdel", "abdul", "abed", "ben",  "bent", "bin",   "ibn",  "bou",  "abou", "abu", "aboul",
    "oum", "oumm",  "um",    "sid",  "sidi", "si",   "lalla", "ould", "aït",  "ait",  "at",  "nait",
    "aÏt", "naÏt",  "naït",  "beni", "bani", "el",   "al",    "l",    "عبد",  "بن",   "ابن", "بنت",
    "بو",  "أبو",   "ابو",   "أم",   "ام",   "سي",   "سيدي",  "لالة", "لالا", "ولد",  "آيت", "بني"};

// The second part of a compound first name: Nour Eddine, Nour El Houda, Fatima Zohra, زين العابدين.
constexpr std::array<std::string_view, 30> second_parts{
    "eddine",  "edine",   "eddin", "uddin", "addin",   "din",     "dine",     "houda",  "zohra",  "zahra",
    "ezzohra", "ezzahra", "allah", "islam", "abidine", "yakine",  "zahraa",   "الدين",  "الهدى",  "الزهراء",
    "الزهرة",  "الزهرا",  "الله",  "الحق",  "الإسلام", "الاسلام", "العابدين", "اليقين", "الرحمن", "الإيمان"};

constexpr std::array<std::string_view, 14> articles{"el", "al", "ed", "ad", "ez", "az", "es",
                                                    "as", "er", "ar", "en", "an", "et", "at"};

// In a full name these begin the first name ("Abd El Kader"); after the others, which are first and family names too
// ("Abed Benali", "Ben Smith"), a family name must remain.
constexpr std::array<std::string_view, 4> servant{"abd", "abdel", "abdul", "عبد"};

// How many words the first name takes, read from its beginning.
std::size_t words_of_first_name(Words name) {
    std::size_t size = 0;
    while (size + 1 < name.size() && (is_one_of(openers, name[size]) || (size > 0 && is_one_of(articles, name[size]))))
        ++size;
    ++size;
    const bool article = size + 1 < name.size() && is_one_of(articles, name[size]);
    const std::size_t second = size + (article ? 1 : 0);
    return second < name.size() && is_one_of(second_parts, name[second]) ? second + 1 : size;
}

std::size_t first_name_size(Words name) {
    const std::size_t size = words_of_first_name(name);
    const bool all_but_family =
        size < name.size() || !is_one_of(openers, name.front()) || is_one_of(servant, name.front());
    return all_but_family ? size : 1;
}

// Where the last name begins: Ben Ali, Aït El Hadj and بن علي are one.
std::size_t last_name_begin(Words name, std::size_t first_size) {
    std::size_t begin = name.size() - 1;
    while (begin > first_size && (is_one_of(openers, name[begin - 1]) || is_one_of(articles, name[begin - 1]))) --begin;
    return begin;
}

}  // namespace

std::string public_name(std::string_view name) {
    const std::string text = well_formed(name);
    const std::vector<std::string_view> parts = words(text);
    if (parts.empty()) return {};
    const std::size_t first = first_name_size(parts);
    std::string shown(parts.front());
    for (std::size_t i = 1; i < first; ++i) shown.append(" ").append(parts[i]);
    if (first < parts.size()) shown.append(" ").append(first_letter(parts[last_name_begin(parts, first)])).append(".");
    return shown;
}

std::string public_name(std::string_view name, Language reader) {
    return std::string(PersonName(public_name(name)).in(reader));
}

std::optional<double> rating(std::int64_t sum, std::int64_t count) {
    if (count == 0) return std::nullopt;
    return std::round(10.0 * static_cast<double>(sum) / static_cast<double>(count)) / 10.0;
}

std::optional<std::int64_t> response_time_s(std::int64_t seconds_sum, std::int64_t answers) {
    constexpr std::int64_t fewest = 3;
    if (answers < fewest) return std::nullopt;
    return (seconds_sum + answers / 2) / answers;
}

}  // namespace safargo::users
