// Text search of places and towns by a system made for it; without one, PostgreSQL searches (features/places).
#pragma once

#include "core/lat_lng.hpp"
#include "core/task.hpp"

#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace safargo {

// What people search by name. There is no data of meeting points yet.
enum class NamedKind { place, commune, locality, meeting_point };
BOOST_DESCRIBE_ENUM(NamedKind, place, commune, locality, meeting_point)

struct PlaceSearchQuery {
    std::string words;  // as typed
    std::vector<NamedKind> kinds{NamedKind::place};
    std::optional<std::string> type{};  // of places; towns have none
    std::optional<std::int16_t> wilaya{};
    // A map section, and a circle within it.
    LatLng south_west{-90, -180}, north_east{90, 180};
    std::optional<LatLng> near{};
    std::optional<double> radius_m{};  // with near
    std::size_t limit = 100;
};

// What may be meant: whoever asked ranks it by its names, so that the order is the same whichever store answered.
struct PlaceHit {
    NamedKind kind = NamedKind::place;
    std::string code;  // a place's slug, a commune's official code
    std::int16_t wilaya = 0;
    LatLng at{0, 0};
    int weight = 0;                         // 0..999, decides between equal matches
    std::vector<std::string> folded_names;  // by geo::fold_name

    bool operator==(const PlaceHit&) const = default;
};

class PlaceSearch {
public:
    virtual ~PlaceSearch() = default;

    // Both throw DependencyUnavailable or DeadlineExceeded: the caller then asks PostgreSQL.
    // By name, with typos, transcriptions and arabizi; the likeliest first. More is found than is meant.
    virtual Task<std::vector<PlaceHit>> find(PlaceSearchQuery query) = 0;
    // Places whose description contains the words, in French, Arabic or English.
    virtual Task<std::vector<PlaceHit>> find_described(PlaceSearchQuery query) = 0;
};

// One document of an index. `version` grows with each change; an older document never replaces a newer one.
struct PlaceDocument {
    NamedKind kind = NamedKind::place;
    std::string code;
    std::int64_t version = 0;
    std::vector<std::string> names;  // as written, in every script
    std::string type;                // of a place; "" for others
    std::int16_t wilaya = 0;
    LatLng at{0, 0};
    int weight = 0;
    std::string description_fr{}, description_ar{}, description_en{};  // of a place
};

// Which document, and in which version it was last seen.
struct PlaceMark {
    NamedKind kind = NamedKind::place;
    std::string code;
    std::int64_t version = 0;

    auto operator<=>(const PlaceMark&) const = default;
};

// An index outside the database, which follows it.
class PlaceIndex : public PlaceSearch {
public:
    // Every call throws DependencyUnavailable or DeadlineExceeded. Repeating one changes nothing.
    virtual Task<void> check() = 0;  // that it answers and has an index
    virtual Task<void> write(std::vector<PlaceDocument> documents) = 0;
    virtual Task<void> remove(std::vector<PlaceMark> marks) = 0;
    // What it holds; nothing if there is no index, or one of an older layout: it must be rebuilt.
    virtual Task<std::optional<std::vector<PlaceMark>>> marks() = 0;

    // A rebuild while the present index answers: a new one is begun, filled by any number of calls, and takes the place
    // of the present one at once. A rebuild that was overtaken by a later one throws.
    virtual Task<std::string> begin_rebuild() = 0;
    virtual Task<void> fill(std::string rebuild, std::vector<PlaceDocument> documents) = 0;
    virtual Task<void> finish_rebuild(std::string rebuild) = 0;
    // Of one that cannot be filled: removes what it has so far. Not after finish_rebuild, whatever became of that.
    virtual Task<void> abandon_rebuild(std::string rebuild) = 0;
};

}  // namespace safargo
