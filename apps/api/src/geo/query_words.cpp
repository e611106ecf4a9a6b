#include "geo/query_words.hpp"

#include <algorithm>
#include <iterator>

namespace safargo::geo {
namespace {

// All spelled as fold_name returns them.
constexpr std::string_view fillers[] = {"d",  "de",  "du", "des", "la",  "le",  "les", "l",   "a",
                                        "au", "aux", "et", "of",  "the", "and", "من",  "الي", "في"};

constexpr std::string_view around_names[] = {
    "wilaya", "wilayas",  "wilayat",  "wilayet",  "commune",  "daira",    "ville",        "villes",      "gare",
    "gares",  "centre",   "center",   "chef",     "lieu",     "station",  "routiere",     "ferroviaire", "arret",
    "city",   "town",     "province", "district", "region",   "environs", "municipality", "centreville", "ولايه",
    "بلديه",  "دايره",    "مدينه",    "محطه",     "وسط",      "مركز",     "قطار",         "حافلات",      "مسافرين",
    "بريه",   "arrets",   "bus",      "autobus",  "autocars", "taxi",     "taxis",        "tram",        "tramway",
    "metro",  "terminus", "face",     "devant",   "pres",     "حافله",    "باص",          "موقف",        "طاكسي",
    "سيارات", "اجره",     "ترامواي",  "مترو",     "امام",     "مقابل",    "قرب"};

constexpr std::string_view country[] = {"algerie", "algeria", "algerien", "dz",   "dzair",
                                        "dzayer",  "djazair", "djazayer", "جزاير"};

template <std::size_t Size>
bool is_one_of(const std::string_view (&words)[Size], std::string_view word) {
    return std::ranges::find(words, word) != std::end(words);
}

}  // namespace

bool is_filler(std::string_view folded_word) {
    return is_one_of(fillers, folded_word);
}

bool drop_country(std::vector<std::string_view>& folded_words) {
    const auto says_more = [](std::string_view word) {
        return !is_filler(word) && !is_one_of(around_names, word) && !is_one_of(country, word);
    };
    if (std::ranges::none_of(folded_words, says_more)) return false;
    return std::erase_if(folded_words, [](std::string_view word) { return is_one_of(country, word); }) > 0;
}

std::vector<std::string_view> telling_words(std::span<const std::string_view> folded_words) {
    std::vector<std::string_view> telling(folded_words.begin(), folded_words.end());
    drop_country(telling);
    std::erase_if(telling, [](std::string_view word) { return is_filler(word) || is_one_of(around_names, word); });
    if (telling.empty()) return {folded_words.begin(), folded_words.end()};
    return telling;
}

}  // namespace safargo::geo
