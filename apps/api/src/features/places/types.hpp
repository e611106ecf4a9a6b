// The wire format of places (PRODUCT sections 9 and 14).
#pragma once

#include "contract/described.hpp"
#include "contract/picture.hpp"
#include "features/geo/types.hpp"
#include "features/places/bounding_box.hpp"

#include <string>
#include <vector>

template <>
struct safargo::contract::SpelledSchema<safargo::places::BoundingBox> {
    static std::string text() {
        return list_schema({latitude_pattern, longitude_pattern, latitude_pattern, longitude_pattern});
    }
};

namespace safargo::places {

enum class PlaceType {
    beach,
    waterfall,
    mountain,
    desert,
    heritage,
    museum,
    food,
    viewpoint,
    park,
    oasis,
    medina,
    lake,
    thermal_spring,
    religious,
    cave,
    canyon,
    island
};
BOOST_DESCRIBE_ENUM(PlaceType, beach, waterfall, mountain, desert, heritage, museum, food, viewpoint, park, oasis,
                    medina, lake, thermal_spring, religious, cave, canyon, island)

enum class PlaceOrder { rating, popularity, distance, name };
BOOST_DESCRIBE_ENUM(PlaceOrder, rating, popularity, distance, name)

struct PlaceQuery {
    std::optional<PlaceType> type;
    std::optional<Bounded<1, 99>> wilaya;
    std::optional<Text<100>> q;
    std::optional<LatLng> near;
    std::optional<Bounded<1, 1000>> radius_km;  // with near only
    std::optional<BoundingBox> bbox;
    // Default: nearest first with near, best match first with q, otherwise the most visited.
    std::optional<PlaceOrder> sort;
    std::optional<Bounded<1, 100>> limit;
    std::optional<Text<1024>> cursor;
};
BOOST_DESCRIBE_STRUCT(PlaceQuery, (), (type, wilaya, q, near, radius_km, bbox, sort, limit, cursor))

using PlaceSlug = Text<100>;

struct PlaceView {
    PlaceId id;
    std::string slug;
    std::string name;  // name and description in the caller's language
    geo_routes::LocalisedNames names;
    PlaceType type;
    geo_routes::WilayaName wilaya;
    double lat, lng;
    std::string description;
    bool unesco;
    std::optional<double> rating;
    std::int64_t reviews;
    std::vector<Picture> photos;
    std::optional<std::int64_t> distance_m;  // from `near`, where it was given
};
BOOST_DESCRIBE_STRUCT(PlaceView, (),
                      (id, slug, name, names, type, wilaya, lat, lng, description, unesco, rating, reviews, photos,
                       distance_m))

struct PlacePage {
    std::vector<PlaceView> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(PlacePage, (), (items, next_cursor))

}  // namespace safargo::places

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::places::PlaceView> =
    R"({"id":"01939f6e-7c00-7a3b-8c4d-5e6f70819203","slug":"santa-cruz","name":"Fort de Santa Cruz",)"
    R"("names":{"fr":"Fort de Santa Cruz","ar":"حصن سانتا كروز","en":"Fort Santa Cruz"},"type":"heritage",)"
    R"("wilaya":{"code":31,"name":"Oran"},)"
    R"("lat":35.7094,"lng":-0.6644,"description":"Fort du XVIe siècle au-dessus de la baie d'Oran.",)"
    R"("unesco":false,"rating":4.7,"reviews":112,)"
    R"("photos":[],"distance_m":null})";
