#include "geo/service_area.hpp"

#include "geo/gazetteer.hpp"

#include <gtest/gtest.h>

namespace safargo::geo {
namespace {

const RoadGraph& roads() {
    static const RoadGraph graph = RoadGraph::load(SAFARGO_DATA_DIR);
    return graph;
}

const ServiceArea area{roads()};

LatLng swapped(LatLng point) {
    return {point.lng, point.lat};
}

TEST(ServiceArea, ContainsEveryCommuneAndSight) {
    const auto data = GazetteerData::load(SAFARGO_DATA_DIR);
    for (const Wilaya& wilaya : data.wilayas) EXPECT_TRUE(area.contains(wilaya.position)) << wilaya.name_fr;
    for (const Town& town : data.communes) EXPECT_TRUE(area.contains(town.position)) << town.name_fr;
    for (const Town& town : data.localities) EXPECT_TRUE(area.contains(town.position)) << town.name_fr;
    for (const Place& place : data.places) EXPECT_TRUE(area.contains(place.position)) << place.slug;
}

TEST(ServiceArea, ContainsNoneOfThemWithSwappedCoordinates) {
    const auto data = GazetteerData::load(SAFARGO_DATA_DIR);
    for (const Town& town : data.communes) EXPECT_FALSE(area.contains(swapped(town.position))) << town.name_fr;
}

TEST(ServiceArea, ReachesTheRemotestCornersAndFiftyKilometresBeyondTheBorder) {
    EXPECT_TRUE(area.contains({19.2, 3.6}));       // the southern tip
    EXPECT_TRUE(area.contains({24.07, 10.88}));    // Tadrart Rouge
    EXPECT_TRUE(area.contains({31.59, 9.16}));     // El Borma
    EXPECT_TRUE(area.contains({28.2, -8.5}));      // west of Tindouf
    EXPECT_TRUE(area.contains({26.0, -3.0}));      // Erg Chech
    EXPECT_TRUE(area.contains({34.681, -1.908}));  // Oujda, 14 km from the border
    EXPECT_TRUE(area.contains({36.78, 8.68}));     // Aïn Draham, in Tunisia
}

TEST(ServiceArea, EndsThere) {
    for (const LatLng outside : {LatLng{0, 0},
                                 {48.8566, 2.3522},
                                 {36.8065, 10.1815},
                                 {33.5731, -7.5898},
                                 {34.0331, -5.0003},
                                 {32.8872, 13.1913},
                                 {16.7666, -3.0026},
                                 {43.2965, 5.3698},
                                 {39.5696, 2.6502},
                                 {-36.75, 3.05},
                                 {36.75, -30.5},
                                 {90, 0},
                                 {-90, 180}}) {
        EXPECT_FALSE(area.contains(outside)) << outside.str();
    }
}

}  // namespace
}  // namespace safargo::geo
