#pragma once

#include "db/session.hpp"
#include "features/places/finder.hpp"
#include "features/places/types.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::places {

// The order of a list; ties are broken by name, then slug.
enum class Ranking { relevance, rating, popularity, distance, name };
BOOST_DESCRIBE_ENUM(Ranking, relevance, rating, popularity, distance, name)

// Where a page ends: the last row's rank (smaller comes first), name and slug.
struct PlacePosition {
    double rank = 0;
    std::string name, slug;
};

struct PlaceFilter {
    std::optional<PlaceType> type;
    std::optional<std::int16_t> wilaya;
    // Only these, with their relevance: what the text search found. Needed by Ranking::relevance.
    std::optional<std::vector<FoundName>> found;
    std::optional<LatLng> near;  // needed by radius_m and Ranking::distance
    std::optional<double> radius_m;
    BoundingBox box;  // everything by default
    Ranking ranking = Ranking::popularity;
    Language language = Language::fr;
    std::optional<PlacePosition> after;
    std::int64_t limit = 20;
};

struct FoundPlace {
    PlaceView place;
    PlacePosition position;
};

class PlaceRepository {
public:
    Task<std::vector<FoundPlace>> list(db::Session& session, PlaceFilter filter);
    Task<std::optional<PlaceView>> find(db::Session& session, std::string slug, Language language);

    struct Photos {
        PlaceId id;
        std::vector<PictureId> photos;
    };
    Task<std::optional<Photos>> lock_photos(db::Session& tx, std::string slug);
    Task<void> set_photos(db::Session& tx, PlaceId id, std::vector<PictureId> photos);
};

// The list's SQL, whose plan a test looks at.
std::string_view list_places_sql();

}  // namespace safargo::places
