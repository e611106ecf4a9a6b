#include "geo/gazetteer.hpp"

#include "geo/entry_names.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace safargo::geo {
namespace {

// The entry of a wilaya: wilayas come first, by code. The data has been checked; 0 means none.
std::optional<std::size_t> entry_of_wilaya(int code, const GazetteerData& data) {
    if (code == 0) return std::nullopt;
    const auto found = std::ranges::lower_bound(data.wilayas, code, {}, &Wilaya::code);
    return static_cast<std::size_t>(found - data.wilayas.begin());
}

// In the order in which suggestion() numbers them.
std::vector<NameIndex::Entry> index_entries(const GazetteerData& data) {
    std::vector<NameIndex::Entry> entries;
    for (const Wilaya& wilaya : data.wilayas)
        entries.push_back({weight_of(wilaya), names_of(wilaya, data), entry_of_wilaya(wilaya.mother_code, data)});
    for (const Town& town : data.communes)
        entries.push_back(
            {weight_of(town), names_of(town, SuggestionKind::commune, data), entry_of_wilaya(town.wilaya_code, data)});
    for (const Town& town : data.localities)
        entries.push_back(
            {weight_of(town), names_of(town, SuggestionKind::locality, data), entry_of_wilaya(town.wilaya_code, data)});
    for (const Place& place : data.places)
        entries.push_back({weight_of(place), names_of(place, other_names(SuggestionKind::place, place.slug, data)),
                           entry_of_wilaya(place.wilaya_code, data)});
    return entries;
}

std::array<double, 3> direction(LatLng point) {
    const double lat = point.lat * std::numbers::pi / 180, lng = point.lng * std::numbers::pi / 180;
    return {std::cos(lat) * std::cos(lng), std::cos(lat) * std::sin(lng), std::sin(lat)};
}

template <class Thing, class Key, class Projection>
const Thing* find_sorted(const std::vector<Thing>& things, const Key& key, Projection projection) {
    const auto found = std::ranges::lower_bound(things, key, {}, projection);
    return found != things.end() && std::invoke(projection, *found) == key ? &*found : nullptr;
}

struct Naming {
    std::string_view name, other_name;
};

Naming naming(Language language, std::string_view fr, std::string_view ar, std::string_view en) {
    if (language == Language::ar && !ar.empty()) return {ar, fr};
    return {language == Language::en ? en : fr, language == Language::ar ? "" : ar};
}

Suggestion describe(const Wilaya& wilaya, Language language) {
    const Naming names = naming(language, wilaya.name_fr, wilaya.name_ar, wilaya.name_en);
    return {SuggestionKind::wilaya,
            std::to_string(wilaya.code),
            std::string(names.name),
            std::string(names.other_name),
            wilaya.code,
            wilaya.position,
            0};
}

Suggestion describe(const Town& town, SuggestionKind kind, Language language) {
    const Naming names = naming(language, town.name_fr, town.name_ar, town.name_fr);
    return {kind,          town.code, std::string(names.name), std::string(names.other_name), town.wilaya_code,
            town.position, 0};
}

Suggestion describe(const Place& place, Language language) {
    const Naming names = naming(language, place.name_fr, place.name_ar, place.name_en);
    return {
        SuggestionKind::place, place.slug, std::string(names.name), std::string(names.other_name), place.wilaya_code,
        place.position,        0};
}

}  // namespace

std::string_view code(SuggestionKind kind) {
    switch (kind) {
        case SuggestionKind::wilaya:
            return "wilaya";
        case SuggestionKind::commune:
            return "commune";
        case SuggestionKind::locality:
            return "locality";
        case SuggestionKind::place:
            break;
    }
    return "place";
}

Gazetteer::Gazetteer(GazetteerData data) : data_(std::move(data)), names_(index_entries(data_)) {
    for (const Town& commune : data_.communes) commune_directions_.push_back(direction(commune.position));
}

const Wilaya* Gazetteer::wilaya(int wilaya_code) const {
    return find_sorted(data_.wilayas, wilaya_code, &Wilaya::code);
}

const Town* Gazetteer::commune(std::string_view commune_code) const {
    return find_sorted(data_.communes, commune_code, &Town::code);
}

const Place* Gazetteer::place(std::string_view slug) const {
    return find_sorted(data_.places, slug, &Place::slug);
}

std::vector<Suggestion> Gazetteer::suggest(std::string_view query, std::size_t limit, Language language) const {
    std::vector<Suggestion> suggestions;
    for (const NameIndex::Hit& hit : names_.find(query, limit)) suggestions.push_back(suggestion(hit, language));
    return suggestions;
}

Suggestion Gazetteer::suggestion(const NameIndex::Hit& hit, Language language) const {
    std::size_t i = hit.entry;
    const auto describe_entry = [&] {
        if (i < data_.wilayas.size()) return describe(data_.wilayas[i], language);
        i -= data_.wilayas.size();
        if (i < data_.communes.size()) return describe(data_.communes[i], SuggestionKind::commune, language);
        i -= data_.communes.size();
        if (i < data_.localities.size()) return describe(data_.localities[i], SuggestionKind::locality, language);
        return describe(data_.places[i - data_.localities.size()], language);
    };
    Suggestion answer = describe_entry();
    answer.score = hit.score;
    return answer;
}

// The nearest point on a sphere has the direction with the largest dot product.
NearestCommune Gazetteer::nearest_commune(LatLng point) const {
    const auto [x, y, z] = direction(point);
    std::size_t best = 0;
    double closest = -2;
    for (std::size_t i = 0; i < commune_directions_.size(); ++i) {
        const auto& [cx, cy, cz] = commune_directions_[i];
        const double dot = x * cx + y * cy + z * cz;
        if (dot > closest) {
            closest = dot;
            best = i;
        }
    }
    return {&data_.communes[best], distance_m(point, data_.communes[best].position)};
}

}  // namespace safargo::geo
