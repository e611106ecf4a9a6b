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

// A few names in the list of wilayas are regions, through which one drives for hours.
bool is_region(std::string_view name) {
    constexpr std::string_view regions[] = {"Touat", "Gourara", "Hoggar", "M'zab", "مزاب", "Souf"};
    return std::ranges::find(regions, name) != std::end(regions);
}

std::optional<LatLng> position_of(const GazetteerData::AlternateName& other, const GazetteerData& data) {
    for (const Wilaya& wilaya : data.wilayas)
        if (other.kind == SuggestionKind::wilaya && other.code == std::to_string(wilaya.code)) return wilaya.position;
    for (const Town& town : data.communes)
        if (other.kind == SuggestionKind::commune && other.code == town.code) return town.position;
    for (const Town& town : data.localities)
        if (other.kind == SuggestionKind::locality && other.code == town.code) return town.position;
    return std::nullopt;
}

}  // namespace

TownNames::TownNames(const GazetteerData& data) {
    for (const auto* towns : {&data.communes, &data.localities}) {
        for (const Town& town : *towns) {
            add(town.name_fr, town.position);
            add(town.name_ar, town.position);
            for (const std::string& other : town.other_names) add(other, town.position);
        }
    }
    // A wilaya is called what its capital is called.
    for (const Wilaya& wilaya : data.wilayas) {
        for (const auto* name : {&wilaya.name_fr, &wilaya.name_ar, &wilaya.name_en, &wilaya.name_tamazight})
            add(*name, wilaya.position);
    }
    for (const auto& other : data.alternate_names) {
        const auto town = position_of(other, data);
        if (town && !is_region(other.name)) add(other.name, *town);
    }
    for (const Place& place : data.places) {
        for (const auto* name : {&place.name_fr, &place.name_ar, &place.name_en}) add(*name, place.position, false);
    }
    std::ranges::sort(names_, {}, &Name::key);
}

void TownNames::add(std::string_view name, LatLng position, bool is_town) {
    std::string key = key_of(name);
    if (!key.empty()) names_.push_back({std::move(key), position, is_town});
}

std::optional<double> TownNames::nearest_m(std::string_view name, LatLng point) const {
    std::optional<double> nearest;
    bool names_a_town = false;
    for (const Name& same : std::ranges::equal_range(names_, key_of(name), {}, &Name::key)) {
        names_a_town |= same.is_town;
        const double metres = distance_m(point, same.position);
        if (!nearest || metres < *nearest) nearest = metres;
    }
    return names_a_town ? nearest : std::nullopt;
}

}  // namespace safargo::geo
