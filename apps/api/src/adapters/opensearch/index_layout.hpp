// The index of places: its names, its fields and what they mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace safargo::opensearch {

// Increased with every change of the fields or of what is written into them (geo/search_texts, geo/name_fold): an index
// of an older layout is rebuilt.
inline constexpr std::int64_t layout_version = 1;

struct IndexNames {
    // What reads and writes name: always one concrete index, "<alias>-<n>".
    std::string alias = "safargo-places";

    std::string index(std::int64_t number) const;
    std::string all() const;  // a pattern for the concrete indexes
    // Names an index only while it is filled, so that nothing creates it anew once it was removed.
    std::string building(std::int64_t number) const;
    // The number of "<alias>-<n>"; nullopt for any other name.
    std::optional<std::int64_t> number_of(std::string_view name) const;
};

// The body that creates an index: settings, analysers, fields, the alias under which it is filled.
std::string definition(const std::string& building_alias);

}  // namespace safargo::opensearch
