#include "geo/road_graph.hpp"

#include "geo/csv.hpp"
#include "geo/polyline.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <random>

namespace safargo::geo {
namespace {

int rounds(int base) {
    const char* scale = std::getenv("SAFARGO_TEST_SCALE");
    return base * (scale ? std::max(1, std::atoi(scale)) : 1);
}

const RoadGraph& algeria() {
    static const RoadGraph graph = RoadGraph::load(SAFARGO_DATA_DIR);
    return graph;
}

constexpr LatLng alger{36.7538, 3.0588}, oran{35.69906, -0.63588}, tamanrasset{22.785, 5.5228};

// A on the equator, B one degree east, C one degree north of B; a slow straight road from A to C as well.
constexpr std::string_view small_nodes = "id,lat,lng\na,0,0\nb,0,1\nc,1,1\n";
constexpr std::string_view small_edges = "from_id,to_id,km,speed_kmh\na,b,120,100\nb,c,150,100\na,c,160,40\n";

RoadGraph small() {
    return RoadGraph::parse(small_nodes, small_edges);
}

std::string refusal(std::string_view nodes, std::string_view edges) {
    try {
        RoadGraph::parse(nodes, edges);
    } catch (const BadData& bad) {
        return bad.what();
    }
    return "accepted";
}

double km(const Route& route) {
    return static_cast<double>(route.distance_m) / 1'000;
}

LatLng random_place(std::mt19937& random) {
    // Mostly the north, where most roads and people are, otherwise the Sahara.
    std::uniform_real_distribution<double> lat(random() % 3 ? 34 : 22, 36.8), lng(-1, 8);
    const double north = lat(random);
    return {north, lng(random)};
}

TEST(RoadGraph, ReadsTheWholeGraph) {
    EXPECT_EQ(algeria().node_count(), 215u);
    EXPECT_EQ(algeria().edge_count(), 320u);
}

TEST(RoadGraph, TakesTheFastestRouteAndTheRoadsOwnLength) {
    const Route route = small().route({0, 0}, {1, 1});
    EXPECT_EQ(route.distance_m, 270'000);  // via B: 2.7 h instead of 4 h
    EXPECT_EQ(route.duration_s, 9'720);
    EXPECT_EQ(decode_polyline(route.polyline), (std::vector<LatLng>{{0, 0}, {0, 1}, {1, 1}}));
}

TEST(RoadGraph, APointOnAnEdgeTakesItsShareOfTheEdge) {
    const Route route = small().route({0, 0.25}, {0, 0.75});
    EXPECT_EQ(route.distance_m, 60'000);  // half of the road's 120 km, not of the 111 km of the straight line
    EXPECT_EQ(route.duration_s, 2'160);
    EXPECT_EQ(small().route({0, 0.25}, {1, 1}).distance_m, 90'000 + 150'000);
}

TEST(RoadGraph, AnAccessLegIsTheStraightLineTimesOneAndAQuarterAt45KmPerHour) {
    const LatLng south{-0.1, 0.5};  // 11,120 m from the middle of A-B
    const Route route = small().route(south, {1, 1});
    const double access = distance_m(south, {0, 0.5}) * 1.25;
    EXPECT_NEAR(static_cast<double>(route.distance_m), access + 60'000 + 150'000, 2);
    EXPECT_NEAR(static_cast<double>(route.duration_s), access / 12.5 + 2'160 + 5'400, 2);
    EXPECT_EQ(decode_polyline(route.polyline), (std::vector<LatLng>{south, {0, 0.5}, {0, 1}, {1, 1}}));
}

TEST(RoadGraph, ClosePointsAreJoinedDirectly) {
    const LatLng a{0.01, 0.5}, b{0.01, 0.52};
    const Route route = small().route(a, b);
    EXPECT_NEAR(static_cast<double>(route.distance_m), distance_m(a, b) * 1.25, 1);
    EXPECT_EQ(decode_polyline(route.polyline), (std::vector<LatLng>{a, b}));
}

TEST(RoadGraph, TownsFartherFromTheRoadThanFromEachOtherAreJoinedDirectly) {
    const LatLng a{-0.3, 0.4}, b{-0.3, 0.6};
    EXPECT_NEAR(static_cast<double>(small().route(a, b).distance_m), distance_m(a, b) * 1.25, 1);
}

TEST(RoadGraph, AKnownRoadIsUsedEvenIfTheStraightLineIsShorter) {
    const Route route = small().route({0, 1}, {1, 1});
    EXPECT_EQ(route.distance_m, 150'000);
    EXPECT_GT(route.distance_m, distance_m({0, 1}, {1, 1}) * 1.25);
}

// Neighbouring towns whose road is not a main one: on the graph they are 65, 85, 82 and 65 km apart.
TEST(RoadGraph, TownsWithALongDetourOnTheGraphAreJoinedDirectly) {
    constexpr std::pair<LatLng, LatLng> neighbours[] = {{{36.56471, 3.15434}, {36.66655, 3.09606}},   // Larbaa, Baraki
                                                        {{35.03412, 5.59517}, {35.22563, 5.71032}},   // El Outaya
                                                        {{35.92296, 5.29604}, {35.81846, 5.51115}},   // Aïn Oulmene
                                                        {{36.47004, 2.82770}, {36.63888, 2.76845}}};  // Blida, Koléa
    for (const auto& [from, to] : neighbours) {
        const Route route = algeria().route(from, to);
        EXPECT_NEAR(static_cast<double>(route.distance_m), distance_m(from, to) * 1.25, 1) << from.lat;
        EXPECT_EQ(route.legs, algeria().route(to, from).legs);
    }
}

TEST(RoadGraph, RoadsAroundABayAndUpAMountainAreUsed) {
    constexpr LatLng bordj_el_bahri{36.79068, 3.24952}, blida{36.47004, 2.8277}, chrea{36.42556, 2.87667};
    EXPECT_THAT(km(algeria().route(alger, bordj_el_bahri)), testing::AllOf(testing::Ge(21), testing::Le(25)));
    EXPECT_THAT(km(algeria().route(blida, chrea)), testing::AllOf(testing::Ge(18), testing::Le(20)));
}

TEST(RoadGraph, TheSamePlaceHasNoDistance) {
    const Route route = algeria().route(alger, alger);
    EXPECT_EQ(route.distance_m, 0);
    EXPECT_EQ(route.duration_s, 0);
    EXPECT_EQ(decode_polyline(route.polyline), (std::vector<LatLng>{alger}));
}

TEST(RoadGraph, FewerThanTwoStopsGiveAnEmptyRoute) {
    EXPECT_EQ(algeria().route(std::vector<LatLng>{}), Route{});
    EXPECT_TRUE(algeria().route(std::vector<LatLng>{alger}).legs.empty());
}

TEST(RoadGraph, LegsAddUpAndTheirLinesJoin) {
    const LatLng chlef{36.16525, 1.33452};
    const std::vector<LatLng> stops{alger, chlef, oran};
    const Route whole = algeria().route(stops);
    const Route first = algeria().route(alger, chlef), second = algeria().route(chlef, oran);
    ASSERT_EQ(whole.legs.size(), 2u);
    EXPECT_EQ(whole.legs[0], first.legs[0]);
    EXPECT_EQ(whole.legs[1], second.legs[0]);
    EXPECT_EQ(whole.distance_m, first.distance_m + second.distance_m);
    EXPECT_EQ(whole.duration_s, first.duration_s + second.duration_s);
    auto joined = *decode_polyline(first.polyline);
    const auto rest = *decode_polyline(second.polyline);
    joined.insert(joined.end(), rest.begin() + 1, rest.end());
    EXPECT_EQ(decode_polyline(whole.polyline), joined);
}

TEST(RoadGraph, WellKnownJourneys) {
    const Route west = algeria().route(alger, oran);
    EXPECT_THAT(km(west), testing::AllOf(testing::Ge(410), testing::Le(450)));
    EXPECT_NEAR(static_cast<double>(west.duration_s) / 3'600, 4.5, 0.3);
    EXPECT_THAT(km(algeria().route(alger, tamanrasset)), testing::AllOf(testing::Ge(1'900), testing::Le(2'000)));
}

// wilaya_distances.csv was computed by another program on the same graph, in whole minutes. Thirty of its pairs have
// two routes that differ by a minute or two in a day's drive; there ours is the shorter one.
TEST(RoadGraph, AgreesWithThePublishedTableOfAllCapitals) {
    std::map<std::int64_t, LatLng> capitals;
    const auto wilayas = CsvTable::read(SAFARGO_DATA_DIR "/wilayas.csv", {"code", "lat", "lng"});
    for (std::size_t i = 0; i < wilayas.size(); ++i)
        capitals[wilayas.row(i).integer("code", 1, 99)] = wilayas.row(i).position();

    const auto table = CsvTable::read(SAFARGO_DATA_DIR "/wilaya_distances.csv", {"from_code", "to_code", "km"});
    ASSERT_EQ(table.size(), 2'346u);
    int other_way = 0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const CsvRow row = table.row(i);
        const auto from = row.integer("from_code", 1, 99), to = row.integer("to_code", 1, 99);
        const Route route = algeria().route(capitals.at(from), capitals.at(to));
        const double expected_km = row.number("km", 1, 5'000), minutes = row.number("minutes", 1, 5'000);
        EXPECT_NEAR(static_cast<double>(route.duration_s) / 60, minutes, std::max(3.0, minutes * 0.01))
            << from << "-" << to;
        if (km(route) < expected_km * 0.97)
            ++other_way;
        else
            EXPECT_NEAR(km(route), expected_km, expected_km * 0.03) << from << "-" << to;
    }
    EXPECT_LE(other_way, 30);
}

TEST(RoadGraph, IsSymmetricAndDeterministic) {
    std::mt19937 random(3);
    for (int round = 0; round < rounds(150); ++round) {
        const LatLng a = random_place(random), b = random_place(random);
        const Route there = algeria().route(a, b), back = algeria().route(b, a);
        EXPECT_EQ(there.distance_m, back.distance_m);
        EXPECT_EQ(there.duration_s, back.duration_s);
        EXPECT_EQ(there, algeria().route(a, b));
    }
}

TEST(RoadGraph, NeverShorterThanTheStraightLineNorUnreasonablyLong) {
    std::mt19937 random(4);
    for (int round = 0; round < rounds(300); ++round) {
        const LatLng a = random_place(random), b = random_place(random);
        const Route route = algeria().route(a, b);
        const double straight = distance_m(a, b);
        EXPECT_GE(static_cast<double>(route.distance_m), straight * 0.97) << a.lat << "," << a.lng;
        EXPECT_GE(route.duration_s * 120 / 3.6 + 1, static_cast<double>(route.distance_m));
        const auto points = decode_polyline(route.polyline);
        ASSERT_TRUE(points);
        EXPECT_NEAR(points->front().lat, a.lat, 1e-5);
        EXPECT_NEAR(points->back().lng, b.lng, 1e-5);
    }
}

TEST(RoadGraph, AStopOnTheGraphMakesNoRouteFaster) {
    std::mt19937 random(5);
    const auto nodes = CsvTable::read(SAFARGO_DATA_DIR "/road_nodes.csv", {"lat", "lng"});
    const auto node = [&] { return nodes.row(random() % nodes.size()).position(); };
    for (int round = 0; round < rounds(150); ++round) {
        const LatLng a = node(), b = node(), c = node();
        const Route direct = algeria().route(a, c), by_b = algeria().route(std::vector{a, b, c});
        EXPECT_LE(static_cast<double>(direct.duration_s), static_cast<double>(by_b.duration_s) * 1.05 + 120);
    }
}

TEST(RoadGraph, RefusesInvalidRowsByFileAndLine) {
    const std::string nodes = "id,lat,lng\na,0,0\nb,0,1\n", edges = "from_id,to_id,km,speed_kmh\n";
    EXPECT_EQ(refusal(nodes + "a,1,1\n", edges), "road_nodes.csv:4: id: stands twice");
    EXPECT_EQ(refusal(nodes + "c,95,1\n", edges), "road_nodes.csv:4: lat: not within -90..90");
    EXPECT_EQ(refusal(nodes, edges + "a,x,120,100\n"), "road_edges.csv:2: to_id: no such node");
    EXPECT_EQ(refusal(nodes, edges + "a,a,120,100\n"), "road_edges.csv:2: to_id: same as from_id");
    EXPECT_EQ(refusal(nodes, edges + "a,b,100,100\n"), "road_edges.csv:2: km: shorter than the straight line");
    EXPECT_EQ(refusal(nodes, edges + "a,b,120,0\n"), "road_edges.csv:2: speed_kmh: not within 10..130");
    EXPECT_EQ(refusal(nodes, edges), "road_edges.csv: no roads");
    EXPECT_EQ(refusal(nodes + "c,1,1\n", edges + "a,b,120,100\n"), "road_edges.csv: the graph is not connected");
    EXPECT_EQ(refusal("id,lat\n", edges), "road_nodes.csv:1: column lng is missing");
}

TEST(RoadGraph, TheDirectRoadBetweenTwoStopsIsTheirRoute) {
    std::mt19937 random(29);
    for (int round = 0; round < rounds(5); ++round) {
        std::vector<LatLng> stops;
        for (int i = 0; i < 10; ++i) stops.push_back(random_place(random));
        const DirectRoads roads = algeria().direct_roads(stops);
        ASSERT_EQ(roads.stops(), 10U);
        for (std::size_t from = 0; from < stops.size(); ++from) {
            for (std::size_t to = from + 1; to < stops.size(); ++to) {
                const Route route = algeria().route(stops[from], stops[to]);
                EXPECT_EQ(roads.between(from, to), (Leg{route.distance_m, route.duration_s}));
            }
        }
    }
}

TEST(RoadGraph, MeasuresTheDistanceToTheNearestRoad) {
    EXPECT_NEAR(small().off_road_m({0, 0.5}), 0, 1);
    EXPECT_NEAR(small().off_road_m({-1, 0.5}), 111'195, 10);  // a degree south of A-B
    EXPECT_NEAR(small().off_road_m({0, -1}), 111'195, 10);    // west of its end
    EXPECT_LT(algeria().off_road_m(alger), 1'000);
    EXPECT_GT(algeria().off_road_m({48.85, 2.35}), 1'000'000);
}

}  // namespace
}  // namespace safargo::geo
