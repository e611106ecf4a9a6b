// The main roads of Algeria, small enough to search for every request: 215 towns and junctions, 320 edges. Edges have
// the road's length and class speed; on a map they are straight lines.
#pragma once

#include "core/lat_lng.hpp"
#include "geo/direct_roads.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::geo {

class CsvTable;

struct Route {
    std::vector<Leg> legs;  // one between each pair of neighbouring stops
    std::int64_t distance_m = 0;
    std::int64_t duration_s = 0;
    std::string polyline;  // precision 5
    bool operator==(const Route&) const = default;
};

class RoadGraph {
public:
    // Reads road_nodes.csv and road_edges.csv; throws BadData for an invalid row, an unknown node or a disconnected
    // graph.
    static RoadGraph load(const std::filesystem::path& folder);
    static RoadGraph parse(std::string_view nodes_csv, std::string_view edges_csv);

    // The fastest route. A stop joins the nearest road by an access leg of 1.25 × the straight line at 45 km/h. Stops
    // are joined directly by such a line if they are close to each other, closer to each other than to the road, or at
    // most 30 km apart with a graph route of more than three times the line. Symmetric. Fewer than two stops give an
    // empty route.
    Route route(std::span<const LatLng> stops) const;
    Route route(LatLng from, LatLng to) const;

    // For each pair of stops, the legs that route() gives for these two.
    DirectRoads direct_roads(std::span<const LatLng> stops) const;

    // Metres from the point to the nearest edge, as the crow flies.
    double off_road_m(LatLng point) const;

    std::size_t node_count() const { return nodes_.size(); }
    std::size_t edge_count() const { return edges_.size(); }

private:
    struct Cost {
        std::int64_t duration_s = 0;
        std::int64_t distance_m = 0;
        auto operator<=>(const Cost&) const = default;
        Cost operator+(Cost other) const { return {duration_s + other.duration_s, distance_m + other.distance_m}; }
    };
    struct Edge {
        std::size_t from, to;
        Cost cost;
    };
    struct Arc {
        std::size_t to;
        Cost cost;
    };
    // A point where a stop may join the graph.
    struct Snap {
        std::size_t edge;
        LatLng point;
        Cost access;           // stop -> point
        Cost to_from, to_end;  // point -> the edge's ends
    };
    struct Tree;
    struct Way;

    static RoadGraph build(const CsvTable& nodes, const CsvTable& edges);
    void add_edge(Edge edge);
    bool connected() const;
    std::vector<Snap> snap(LatLng point) const;
    Snap snap_to_edge(std::size_t edge, LatLng point) const;
    Tree grow_tree(std::span<const Snap> starts) const;
    Way way(LatLng from, LatLng to) const;
    Way graph_way(const Tree& tree, std::span<const Snap> starts, std::span<const Snap> ends) const;
    Way way(LatLng from, std::span<const Snap> starts, const Tree& tree, LatLng to, std::span<const Snap> ends) const;
    std::vector<LatLng> points_of(const Tree& tree, std::size_t node, std::span<const Snap> starts) const;
    static Cost straight_cost(LatLng from, LatLng to);
    static bool direct_is_better(LatLng from, LatLng to, const Way& through_graph);

    std::vector<LatLng> nodes_;
    std::vector<Edge> edges_;
    std::vector<std::vector<Arc>> arcs_;  // by node
};

}  // namespace safargo::geo
