#include "geo/entry_names.hpp"

#include "geo/csv.hpp"

#include <algorithm>

namespace safargo::geo {
namespace {

constexpr std::int64_t big_commune = 30'000;

void append(std::vector<std::string>& names, std::span<const std::string> more) {
    names.insert(names.end(), more.begin(), more.end());
}

bool is_capital(const Town& town, const Wilaya& wilaya) {
    return town.wilaya_code == wilaya.code && town.name_fr == wilaya.capital;
}

const Town& capital_of(const Wilaya& wilaya, const GazetteerData& data) {
    for (const auto* towns : {&data.communes, &data.localities})
        for (const Town& town : *towns)
            if (is_capital(town, wilaya)) return town;
    throw BadData("cities.csv: no capital for wilaya " + std::to_string(wilaya.code));
}

}  // namespace

std::vector<std::string> other_names(SuggestionKind kind, std::string_view code, const GazetteerData& data) {
    std::vector<std::string> names;
    for (const auto& alternate : data.alternate_names)
        if (alternate.kind == kind && alternate.code == code) names.push_back(alternate.name);
    return names;
}

int weight_of(const Wilaya& wilaya) {
    return 900 + static_cast<int>(std::min<std::int64_t>(wilaya.population / 40'000, 99));
}

int weight_of(const Town& town) {
    if (town.population >= big_commune)
        return 600 + static_cast<int>(std::min<std::int64_t>(town.population / 2'500, 299));
    return 100 + static_cast<int>(town.population / 100);
}

int weight_of(const Place& place) {
    return place.unesco ? 550 : 500;
}

// A wilaya shares all names with its capital: Bône, Dzayer, BBA.
std::vector<std::string> names_of(const Wilaya& wilaya, const GazetteerData& data) {
    const std::string code_text = std::to_string(wilaya.code);
    std::vector<std::string> names{wilaya.name_fr, wilaya.name_ar, wilaya.name_en, wilaya.name_tamazight, code_text};
    if (wilaya.code < 10) names.push_back("0" + code_text);
    append(names, capital_of(wilaya, data).other_names);
    append(names, other_names(SuggestionKind::wilaya, code_text, data));
    return names;
}

std::vector<std::string> names_of(const Town& town, SuggestionKind kind, const GazetteerData& data) {
    std::vector<std::string> names{town.name_fr, town.name_ar};
    if (kind == SuggestionKind::commune) names.push_back(town.code);
    append(names, town.other_names);
    append(names, other_names(kind, town.code, data));
    for (const Wilaya& wilaya : data.wilayas) {
        if (!is_capital(town, wilaya)) continue;
        names.push_back(wilaya.name_tamazight);
        append(names, other_names(SuggestionKind::wilaya, std::to_string(wilaya.code), data));
    }
    return names;
}

std::vector<std::string> names_of(const Place& place, std::span<const std::string> other_names) {
    std::vector<std::string> names{place.name_fr, place.name_ar, place.name_en};
    // "Timgad (Thamugadi)" also has the name Timgad.
    for (const auto* name : {&place.name_fr, &place.name_ar, &place.name_en})
        if (const std::size_t bracket = name->find(" ("); bracket != std::string::npos)
            names.push_back(name->substr(0, bracket));
    append(names, other_names);
    return names;
}

}  // namespace safargo::geo
