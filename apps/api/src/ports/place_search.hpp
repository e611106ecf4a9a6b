// Full-text search of places by a system made for it; without one, PostgreSQL searches.
#pragma once

#include "core/ids.hpp"
#include "core/lat_lng.hpp"
#include "core/task.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace safargo {

struct PlaceSearchQuery {
    std::string words;  // as typed
    std::optional<std::string> type;
    std::optional<std::int16_t> wilaya;
    std::optional<LatLng> near;
    std::optional<double> radius_m;
    std::size_t limit = 100;
};

struct PlaceHit {
    PlaceId id;
    double score = 0;  // greater is better
};

// One document of the index.
struct PlaceDocument {
    PlaceId id;
    std::int64_t version = 0;  // an older one never replaces a newer one
    std::string slug, name_fr, name_ar, name_en;
    std::string description_fr, description_ar, description_en;
    std::string type;
    std::int16_t wilaya = 0;
    LatLng at;
    double popularity = 0;
};

class PlaceSearch {
public:
    virtual ~PlaceSearch() = default;
    // Best first. Throws DependencyUnavailable or DeadlineExceeded: the caller then asks PostgreSQL.
    virtual Task<std::vector<PlaceHit>> find(PlaceSearchQuery query) = 0;
    virtual Task<void> write(std::vector<PlaceDocument> documents) = 0;
    virtual Task<void> remove(std::vector<PlaceId> ids) = 0;
};

}  // namespace safargo
