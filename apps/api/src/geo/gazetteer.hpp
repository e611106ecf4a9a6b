// Algeria's wilayas, communes and sights in memory: identity, position and names.
#pragma once

#include "core/language.hpp"
#include "core/lat_lng.hpp"
#include "core/time.hpp"
#include "geo/name_index.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::geo {

// Versioned data, not an enum: there were 48 until 2019, then 58, and 69 since law 26-06 of 2026.
struct Wilaya {
    int code = 0;
    std::string name_fr, name_ar, name_en;
    std::string name_tamazight;  // empty if our source has none
    std::string capital;
    LatLng position;  // of the capital
    int created_year = 0;
    std::optional<LocalDate> powers_from;  // none: since before our records
    int mother_code = 0;                   // the wilaya it was part of, 0 if none
    std::int64_t population = 0;           // census of 2008 within today's borders; for ranking

    bool has_powers(LocalDate day) const { return !powers_from || *powers_from <= day; }
};

// A commune ("0101", the official code) or another town ("gn2507480").
struct Town {
    std::string code;
    std::string name_fr;
    std::string name_ar;  // empty for a few towns that are not communes
    std::vector<std::string> other_names;
    int wilaya_code = 0;
    LatLng position;
    std::int64_t population = 0;  // for ranking only: most are estimates and must not be shown
};

struct Place {
    std::string slug;
    std::string name_fr, name_ar, name_en;
    std::string type;  // one of place_types
    int wilaya_code = 0;
    LatLng position;
    bool unesco = false;
};

inline constexpr auto place_types = std::to_array<std::string_view>(
    {"beach", "canyon", "cave", "desert", "heritage", "island", "lake", "medina", "mountain", "museum", "oasis", "park",
     "religious", "thermal_spring", "viewpoint", "waterfall"});

enum class SuggestionKind { wilaya, commune, locality, place };
std::string_view code(SuggestionKind kind);

struct Suggestion {
    SuggestionKind kind;
    std::string code;        // "31", "3101", "gn2507480", "santa-cruz"
    std::string name;        // in the caller's language
    std::string other_name;  // in the other script; empty if unknown
    int wilaya_code;
    LatLng position;
    int score;  // see NameIndex::Hit
};

struct NearestCommune {
    const Town* commune;
    double distance_m;  // to its centre
};

// The contents of the data files, validated row by row.
struct GazetteerData {
    struct AlternateName {
        SuggestionKind kind;
        std::string code, name;
    };
    std::vector<Wilaya> wilayas;  // by code
    std::vector<Town> communes;   // by code
    std::vector<Town> localities;
    std::vector<Place> places;  // by slug
    std::vector<AlternateName> alternate_names;

    // Reads wilayas.csv, cities.csv, places.csv and alternate_names.csv; throws BadData with file and line for an
    // invalid row.
    static GazetteerData load(const std::filesystem::path& folder);
};

class Gazetteer {
public:
    static Gazetteer load(const std::filesystem::path& folder) { return Gazetteer(GazetteerData::load(folder)); }
    explicit Gazetteer(GazetteerData data);

    const GazetteerData& data() const { return data_; }
    std::span<const Wilaya> wilayas() const { return data_.wilayas; }
    std::span<const Town> communes() const { return data_.communes; }
    std::span<const Town> localities() const { return data_.localities; }
    std::span<const Place> places() const { return data_.places; }
    const Wilaya* wilaya(int code) const;  // nullptr if unknown
    const Town* commune(std::string_view code) const;
    const Place* place(std::string_view slug) const;

    // Accepts names in French, Arabic, English, Berber and former names, whole or as a prefix, with typos, in arabizi;
    // codes of wilayas ("31") and communes ("3101"). Surrounding words ("gare de", "centre", "Algérie") and unknown
    // words are tolerated; a wilaya named beside a place disambiguates. Best first: whole name, prefix, word prefixes,
    // similar; then wilaya, large commune, place, small commune. Never throws for user input.
    std::vector<Suggestion> suggest(std::string_view query, std::size_t limit, Language language) const;

    NearestCommune nearest_commune(LatLng point) const;

private:
    Suggestion suggestion(const NameIndex::Hit& hit, Language language) const;

    GazetteerData data_;
    std::vector<std::array<double, 3>> commune_directions_;  // unit vectors from the globe's centre
    NameIndex names_;
};

}  // namespace safargo::geo
