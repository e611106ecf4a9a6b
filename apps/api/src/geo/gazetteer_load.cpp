#include "geo/csv.hpp"
#include "geo/gazetteer.hpp"

#include <algorithm>
#include <unordered_set>

namespace safargo::geo {
namespace {

// Every position is in Algeria, islands included; otherwise coordinates are swapped or missing.
LatLng algerian_position(const CsvRow& row) {
    const LatLng position = row.position();
    if (position.lat < 18.9 || position.lat > 37.4) row.refuse("lat", "not in Algeria");
    if (position.lng < -8.8 || position.lng > 12.1) row.refuse("lng", "not in Algeria");
    return position;
}

class UniqueKeys {
public:
    void check(const CsvRow& row, std::string_view column) {
        if (!seen_.emplace(row.required(column)).second) row.refuse(column, "stands twice");
    }

private:
    std::unordered_set<std::string> seen_;
};

bool knows_wilaya(const std::vector<Wilaya>& wilayas, std::int64_t code) {
    return std::ranges::binary_search(wilayas, code, {}, &Wilaya::code);
}

int wilaya_of(const CsvRow& row, const std::vector<Wilaya>& wilayas) {
    const std::int64_t code = row.integer("wilaya_code", 1, 99);
    if (!knows_wilaya(wilayas, code)) row.refuse("wilaya_code", "no such wilaya");
    return static_cast<int>(code);
}

std::optional<LocalDate> date_or_none(const CsvRow& row, std::string_view column) {
    if (row.text(column).empty()) return std::nullopt;
    const auto date = LocalDate::parse(row.text(column));
    if (!date) row.refuse(column, "not a date");
    return *date;
}

std::int64_t number_or_zero(const CsvRow& row, std::string_view column, std::int64_t max) {
    return row.text(column).empty() ? 0 : row.integer(column, 0, max);
}

std::vector<std::string> split_names(std::string_view text) {
    std::vector<std::string> names;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        if (end > 0) names.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return names;
}

Wilaya read_wilaya(const CsvRow& row) {
    return {.code = static_cast<int>(row.integer("code", 1, 99)),
            .name_fr = std::string(row.required("name_fr")),
            .name_ar = std::string(row.required("name_ar")),
            .name_en = std::string(row.required("name_en")),
            .name_tamazight = std::string(row.text("name_tamazight")),
            .capital = std::string(row.required("capital")),
            .position = algerian_position(row),
            .created_year = static_cast<int>(row.integer("created", 1962, 2100)),
            .powers_from = date_or_none(row, "powers_from"),
            .mother_code = static_cast<int>(number_or_zero(row, "mother_code", 99)),
            .population = row.integer("population_2008", 1, 100'000'000)};
}

std::vector<Wilaya> read_wilayas(const CsvTable& table) {
    std::vector<Wilaya> wilayas;
    UniqueKeys codes;
    for (std::size_t i = 0; i < table.size(); ++i) {
        codes.check(table.row(i), "code");
        wilayas.push_back(read_wilaya(table.row(i)));
    }
    std::ranges::sort(wilayas, {}, &Wilaya::code);
    for (std::size_t i = 0; i < table.size(); ++i) {
        const std::int64_t mother = number_or_zero(table.row(i), "mother_code", 99);
        if (mother != 0 && !knows_wilaya(wilayas, mother)) table.row(i).refuse("mother_code", "no such wilaya");
    }
    return wilayas;
}

Town read_town(const CsvRow& row, const std::vector<Wilaya>& wilayas) {
    const std::int64_t counted = number_or_zero(row, "population", 10'000'000);
    return {.code = std::string(row.required("id")),
            .name_fr = std::string(row.required("name_fr")),
            .name_ar = std::string(row.text("name_ar")),
            .other_names = split_names(row.text("alt_names")),
            .wilaya_code = wilaya_of(row, wilayas),
            .position = algerian_position(row),
            .population = counted != 0 ? counted : number_or_zero(row, "pop_est_2008", 10'000'000)};
}

void check_commune(const CsvRow& row) {
    const std::string_view code = row.text("id");
    const bool four_digits = code.size() == 4 && code.find_first_not_of("0123456789") == std::string_view::npos;
    if (!four_digits) row.refuse("id", "not a commune's code");
    row.required("name_ar");
}

void read_towns(const CsvTable& table, GazetteerData& data) {
    UniqueKeys codes;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const CsvRow row = table.row(i);
        codes.check(row, "id");
        const std::string_view kind = row.text("kind");
        if (kind != "commune" && kind != "place") row.refuse("kind", "neither commune nor place");
        if (kind == "commune") check_commune(row);
        (kind == "commune" ? data.communes : data.localities).push_back(read_town(row, data.wilayas));
    }
    std::ranges::sort(data.communes, {}, &Town::code);
}

std::vector<Place> read_places(const CsvTable& table, const std::vector<Wilaya>& wilayas) {
    std::vector<Place> places;
    UniqueKeys slugs;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const CsvRow row = table.row(i);
        slugs.check(row, "slug");
        if (std::ranges::find(place_types, row.text("type")) == place_types.end()) row.refuse("type", "no such type");
        places.push_back({.slug = std::string(row.text("slug")),
                          .name_fr = std::string(row.required("name_fr")),
                          .name_ar = std::string(row.required("name_ar")),
                          .name_en = std::string(row.required("name_en")),
                          .type = std::string(row.text("type")),
                          .wilaya_code = wilaya_of(row, wilayas),
                          .position = algerian_position(row),
                          .unesco = row.flag("unesco")});
    }
    std::ranges::sort(places, {}, &Place::slug);
    return places;
}

bool is_known(const GazetteerData& data, SuggestionKind kind, std::string_view code_text) {
    switch (kind) {
        case SuggestionKind::wilaya:
            return std::ranges::any_of(data.wilayas,
                                       [&](const Wilaya& wilaya) { return std::to_string(wilaya.code) == code_text; });
        case SuggestionKind::commune:
            return std::ranges::binary_search(data.communes, code_text, {}, &Town::code);
        case SuggestionKind::place:
            return std::ranges::binary_search(data.places, code_text, {}, &Place::slug);
        case SuggestionKind::locality:
            break;
    }
    return std::ranges::find(data.localities, code_text, &Town::code) != data.localities.end();
}

SuggestionKind read_kind(const CsvRow& row) {
    for (const auto kind :
         {SuggestionKind::wilaya, SuggestionKind::commune, SuggestionKind::locality, SuggestionKind::place})
        if (row.text("kind") == code(kind)) return kind;
    row.refuse("kind", "no such kind");
}

void read_alternate_names(const CsvTable& table, GazetteerData& data) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        const CsvRow row = table.row(i);
        const SuggestionKind kind = read_kind(row);
        if (!is_known(data, kind, row.required("code"))) row.refuse("code", "unknown");
        data.alternate_names.push_back({kind, std::string(row.text("code")), std::string(row.required("name"))});
    }
}

}  // namespace

GazetteerData GazetteerData::load(const std::filesystem::path& folder) {
    GazetteerData data;
    data.wilayas = read_wilayas(CsvTable::read(
        folder / "wilayas.csv", {"code", "name_fr", "name_ar", "name_en", "name_tamazight", "capital", "lat", "lng",
                                 "created", "powers_from", "mother_code", "population_2008"}));
    read_towns(CsvTable::read(folder / "cities.csv", {"id", "kind", "name_fr", "name_ar", "alt_names", "wilaya_code",
                                                      "lat", "lng", "population", "pop_est_2008"}),
               data);
    data.places = read_places(CsvTable::read(folder / "places.csv", {"slug", "name_fr", "name_ar", "name_en", "type",
                                                                     "wilaya_code", "lat", "lng", "unesco"}),
                              data.wilayas);
    read_alternate_names(CsvTable::read(folder / "alternate_names.csv", {"kind", "code", "name"}), data);
    return data;
}

}  // namespace safargo::geo
