#include "geo/town_names.hpp"

#include "geo/name_fold.hpp"

#include <algorithm>

namespace safargo::geo {
namespace {

std::string key_of(std::string_view name) {
    std::string key = fold_name(name);
    std::erase(key, ' ');
    return key;
}

// A few wilayas are named after regions that take hours to cross.
bool is_region(std::string_view name) {
    constexpr std::string_view regions[] = {"Touat", "Gourara", "Hoggar", "M'zab", "مزاب", "Souf"};
    return std::ranges::find(regions, name) != std::end(regions);
}

// clang-format off
// Names of quarters, streets and stops in any town, which do not mean another town: words, saints, war heroes.
constexpr std::string_view everyday_names[] = {
    "الجامعة", "Djamaa", "القنطرة", "El Kantara", "القصبة", "Casbah", "البرج", "Bordj", "الحمامات", "Hammamet",
    "المنصورة", "Mansourah", "Mansoura", "الأربعاء", "Larbaa", "الوادي", "القبة", "الدار البيضاء",
    "Dar El Beïda", "سور", "Sour", "مراد", "Merad", "Meurad", "مفتاح", "Meftah", "المحمدية", "Mohammadia",
    "الشريعة", "المدنية", "Les Eucalyptus", "خير الدين", "Kheir-Eddine", "بوقرة", "Bougara", "خميستي",
    "Khemisti", "زيغود يوسف", "Zighoud Youcef", "Zighout Youcef", "محمد بلوزداد", "Mohamed Belouzdad",
    "Houari Boumediene", "بن داود", "Bendaoud", "بن عزوز", "Ben Azzouz", "سيدي علي", "Sidi Ali", "سيدي عمار",
    "Sidi Amar", "سيدي عيسى", "Sidi Aissa", "سيدي موسى", "Sidi Moussa", "سيدي خالد", "Sidi Khaled",
    "سيدي امحمد", "Sidi M'hamed", "سي مصطفى", "Si Mustapha"
};
// clang-format on

const std::vector<std::string>& everyday_keys() {
    static const std::vector<std::string> sorted = [] {
        std::vector<std::string> keys;
        for (const std::string_view name : everyday_names) keys.push_back(key_of(name));
        std::ranges::sort(keys);
        return keys;
    }();
    return sorted;
}

// Smaller towns share their names with quarters and hamlets all over the country.
bool is_known(const Town& town) {
    constexpr std::int64_t least_people = 30'000;
    return town.population >= least_people;
}

struct Named {
    LatLng position;
    bool known;
};

std::optional<Named> find_named(const GazetteerData::AlternateName& other, const GazetteerData& data) {
    for (const Wilaya& wilaya : data.wilayas)
        if (other.kind == SuggestionKind::wilaya && other.code == std::to_string(wilaya.code))
            return Named{wilaya.position, true};
    for (const Town& town : data.communes)
        if (other.kind == SuggestionKind::commune && other.code == town.code)
            return Named{town.position, is_known(town)};
    for (const Town& town : data.localities)
        if (other.kind == SuggestionKind::locality && other.code == town.code)
            return Named{town.position, is_known(town)};
    return std::nullopt;
}

}  // namespace

TownNames::TownNames(const GazetteerData& data) {
    for (const auto* towns : {&data.communes, &data.localities}) {
        for (const Town& town : *towns) {
            add(town.name_fr, town.position, is_known(town));
            add(town.name_ar, town.position, is_known(town));
            for (const std::string& other : town.other_names) add(other, town.position, is_known(town));
        }
    }
    // A wilaya's capital also has the wilaya's name.
    for (const Wilaya& wilaya : data.wilayas) {
        for (const auto* name : {&wilaya.name_fr, &wilaya.name_ar, &wilaya.name_en, &wilaya.name_tamazight})
            add(*name, wilaya.position, true);
    }
    for (const auto& other : data.alternate_names) {
        const auto town = find_named(other, data);
        if (town && !is_region(other.name)) add(other.name, town->position, town->known);
    }
    for (const Place& place : data.places) {
        for (const auto* name : {&place.name_fr, &place.name_ar, &place.name_en}) add(*name, place.position, false);
    }
    std::ranges::sort(names_, {}, &Name::key);
}

void TownNames::add(std::string_view name, LatLng position, bool is_known) {
    std::string key = key_of(name);
    if (key.empty()) return;
    const bool means_a_town = is_known && !std::ranges::binary_search(everyday_keys(), key);
    names_.push_back({std::move(key), position, means_a_town});
}

std::optional<double> TownNames::nearest_m(std::string_view name, LatLng point) const {
    std::optional<double> nearest;
    bool means_a_town = false;
    for (const Name& same : std::ranges::equal_range(names_, key_of(name), {}, &Name::key)) {
        means_a_town |= same.means_a_town;
        const double metres = distance_m(point, same.position);
        if (!nearest || metres < *nearest) nearest = metres;
    }
    return means_a_town ? nearest : std::nullopt;
}

}  // namespace safargo::geo
