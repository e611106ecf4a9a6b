// The table named_places: what people search by name, one row per thing.
#pragma once

#include "db/session.hpp"
#include "geo/gazetteer.hpp"
#include "ports/place_search.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace safargo::places {

struct NamedRow {
    NamedKind kind;
    std::string code;
    std::optional<std::string> type;  // of a place
    std::int16_t wilaya;
    LatLng at;
    std::int16_t weight;
    std::vector<std::string> names;
    std::int64_t place_version;  // of the place's row; 0 for others
};

// Communes and localities, by every name that the gazetteer knows.
std::vector<NamedRow> town_rows(const geo::GazetteerData& data);

class NamedRows {
public:
    // Writes those that differ from what is there, with a new version each, if their wilaya exists: reference data may
    // not be loaded yet. Returns what was written.
    Task<std::vector<PlaceMark>> save(db::Session& session, std::vector<NamedRow> rows);
    // Removes rows of places that no longer exist, or only that of one. Returns them with a version that is newer.
    Task<std::vector<PlaceMark>> remove_strays(db::Session& session, std::optional<std::string> slug = std::nullopt);

    // The rows that all places should have, by the table of places; or those of one place.
    Task<std::vector<NamedRow>> rows_of_places(db::Session& session, std::optional<std::string> slug = std::nullopt);

    // In order of kind and code; a page begins after `after`.
    Task<std::vector<PlaceMark>> marks(db::Session& session);
    Task<std::vector<PlaceDocument>> documents(db::Session& session, std::optional<PlaceMark> after,
                                               std::int64_t limit);
    // Those of `wanted` that exist.
    Task<std::vector<PlaceDocument>> documents_of(db::Session& session, std::vector<PlaceMark> wanted);
    Task<std::int64_t> count(db::Session& session);
};

}  // namespace safargo::places
