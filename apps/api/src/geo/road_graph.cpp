#include "geo/road_graph.hpp"

#include "geo/polyline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <queue>
#include <tuple>

namespace safargo::geo {
namespace {

// Off the known roads: lanes wind, and allow 45 km/h.
constexpr double detour_factor = 1.25;
constexpr double access_m_per_s = 45 / 3.6;

// Points this close are joined directly.
constexpr double near_m = 3'000;

// The graph has only main roads: if two points this close have a route so much longer than the straight line, there
// must be a smaller road. Bays and single mountains make routes of up to three times the line.
constexpr double gap_m = 30'000;
constexpr double gap_factor = 3;

// Roads slightly farther than the nearest may be the better start.
constexpr double snap_slack_factor = 1.3;
constexpr double snap_slack_m = 500;

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

// Where along the segment, 0..1, the point nearest to `point` is, in the plane tangent to the globe at `point`.
double nearest_fraction(LatLng point, LatLng from, LatLng to) {
    const double east_scale = std::cos(point.lat * std::numbers::pi / 180);
    const double north = to.lat - from.lat, east = (to.lng - from.lng) * east_scale;
    const double point_north = point.lat - from.lat, point_east = (point.lng - from.lng) * east_scale;
    const double length_squared = north * north + east * east;
    if (length_squared == 0) return 0;
    return std::clamp((point_north * north + point_east * east) / length_squared, 0.0, 1.0);
}

void append_point(std::vector<LatLng>& points, LatLng point) {
    if (points.empty() || points.back() != point) points.push_back(point);
}

}  // namespace

// Fastest routes from the snaps of a stop to every node.
struct RoadGraph::Tree {
    std::vector<std::optional<Cost>> cost;
    std::vector<std::size_t> previous;  // previous node, or none if reached from a snap
    std::vector<std::size_t> start;     // for those, which snap
};

struct RoadGraph::Way {
    Cost cost;
    Cost access;  // the part off the graph, at both ends
    std::vector<LatLng> points;
};

RoadGraph::Cost RoadGraph::straight_cost(LatLng from, LatLng to) {
    const double metres = distance_m(from, to) * detour_factor;
    return {std::llround(metres / access_m_per_s), std::llround(metres)};
}

RoadGraph::Snap RoadGraph::snap_to_edge(std::size_t edge, LatLng point) const {
    const auto& [from_node, to_node, cost] = edges_[edge];
    const LatLng from = nodes_[from_node], to = nodes_[to_node];
    const double t = nearest_fraction(point, from, to);
    const LatLng on_edge{std::lerp(from.lat, to.lat, t), std::lerp(from.lng, to.lng, t)};
    const Cost before{std::llround(t * static_cast<double>(cost.duration_s)),
                      std::llround(t * static_cast<double>(cost.distance_m))};
    const Cost after{cost.duration_s - before.duration_s, cost.distance_m - before.distance_m};
    return {edge, on_edge, straight_cost(point, on_edge), before, after};
}

std::vector<RoadGraph::Snap> RoadGraph::snap(LatLng point) const {
    std::vector<Snap> snaps;
    std::int64_t nearest = std::numeric_limits<std::int64_t>::max();
    for (std::size_t edge = 0; edge < edges_.size(); ++edge) {
        snaps.push_back(snap_to_edge(edge, point));
        nearest = std::min(nearest, snaps.back().access.distance_m);
    }
    const double reach = static_cast<double>(nearest) * snap_slack_factor + snap_slack_m;
    std::erase_if(snaps, [&](const Snap& snap) { return static_cast<double>(snap.access.distance_m) > reach; });
    return snaps;
}

RoadGraph::Tree RoadGraph::grow_tree(std::span<const Snap> starts) const {
    Tree tree{std::vector<std::optional<Cost>>(nodes_.size()), std::vector<std::size_t>(nodes_.size(), none),
              std::vector<std::size_t>(nodes_.size(), none)};
    using Item = std::pair<Cost, std::size_t>;
    std::priority_queue<Item, std::vector<Item>, std::greater<>> open;
    const auto reach = [&](std::size_t node, Cost cost, std::size_t previous, std::size_t start) {
        if (tree.cost[node] && *tree.cost[node] <= cost) return;
        tree.cost[node] = cost;
        tree.previous[node] = previous;
        tree.start[node] = start;
        open.emplace(cost, node);
    };
    for (std::size_t i = 0; i < starts.size(); ++i) {
        reach(edges_[starts[i].edge].from, starts[i].access + starts[i].to_from, none, i);
        reach(edges_[starts[i].edge].to, starts[i].access + starts[i].to_end, none, i);
    }
    while (!open.empty()) {
        const auto [cost, node] = open.top();
        open.pop();
        if (cost > *tree.cost[node]) continue;
        for (const Arc& arc : arcs_[node]) reach(arc.to, cost + arc.cost, node, none);
    }
    return tree;
}

// From the snap where the route to `node` begins, through the nodes, to `node`.
std::vector<LatLng> RoadGraph::points_of(const Tree& tree, std::size_t node, std::span<const Snap> starts) const {
    std::vector<LatLng> points{nodes_[node]};
    for (; tree.previous[node] != none; node = tree.previous[node]) append_point(points, nodes_[tree.previous[node]]);
    append_point(points, starts[tree.start[node]].point);
    std::ranges::reverse(points);
    return points;
}

RoadGraph::Way RoadGraph::graph_way(const Tree& tree, std::span<const Snap> starts, std::span<const Snap> ends) const {
    std::optional<Cost> best;
    std::size_t last_node = none;
    const Snap *first = nullptr, *last = nullptr;  // only `first` if the route never leaves one edge
    const auto offer = [&](Cost cost, std::size_t node, const Snap* start, const Snap& end) {
        if (best && *best <= cost) return;
        std::tie(best, last_node, first, last) = std::tuple(std::optional(cost), node, start, &end);
    };
    for (const Snap& end : ends) {
        const Edge& edge = edges_[end.edge];
        offer(*tree.cost[edge.from] + end.to_from + end.access, edge.from, nullptr, end);
        offer(*tree.cost[edge.to] + end.to_end + end.access, edge.to, nullptr, end);
        for (const Snap& start : starts) {
            if (start.edge != end.edge) continue;
            const Cost between{std::abs(start.to_from.duration_s - end.to_from.duration_s),
                               std::abs(start.to_from.distance_m - end.to_from.distance_m)};
            offer(start.access + between + end.access, none, &start, end);
        }
    }
    Way way{*best, last->access, first ? std::vector{first->point} : points_of(tree, last_node, starts)};
    append_point(way.points, last->point);
    if (!first) {
        std::size_t node = last_node;
        while (tree.previous[node] != none) node = tree.previous[node];
        first = &starts[tree.start[node]];
    }
    way.access = way.access + first->access;
    return way;
}

// A known road is preferred; the straight line only fills gaps in the graph.
bool RoadGraph::direct_is_better(LatLng from, LatLng to, const Way& through_graph) {
    const Cost straight = straight_cost(from, to), by_road = through_graph.cost;
    if (straight.distance_m > by_road.distance_m) return false;
    const double line_m = distance_m(from, to);
    if (line_m <= std::max(near_m, 2.0 * static_cast<double>(through_graph.access.distance_m))) return true;
    return line_m <= gap_m && static_cast<double>(by_road.distance_m) > gap_factor * line_m && straight < by_road;
}

RoadGraph::Way RoadGraph::way(LatLng from, LatLng to) const {
    const std::vector<Snap> starts = snap(from), ends = snap(to);
    return way(from, starts, grow_tree(starts), to, ends);
}

RoadGraph::Way RoadGraph::way(LatLng from, std::span<const Snap> starts, const Tree& tree, LatLng to,
                              std::span<const Snap> ends) const {
    Way through_graph = graph_way(tree, starts, ends);
    if (direct_is_better(from, to, through_graph)) return {straight_cost(from, to), {}, {from, to}};
    std::vector<LatLng> points{from};
    for (const LatLng point : through_graph.points) append_point(points, point);
    append_point(points, to);
    through_graph.points = std::move(points);
    return through_graph;
}

Route RoadGraph::route(std::span<const LatLng> stops) const {
    Route route;
    std::vector<LatLng> points;
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
        const Way leg = way(stops[i], stops[i + 1]);
        route.legs.push_back({leg.cost.distance_m, leg.cost.duration_s});
        route.distance_m += leg.cost.distance_m;
        route.duration_s += leg.cost.duration_s;
        for (const LatLng point : leg.points) append_point(points, point);
    }
    route.polyline = encode_polyline(points);
    return route;
}

DirectRoads RoadGraph::direct_roads(std::span<const LatLng> stops) const {
    std::vector<std::vector<Snap>> snaps;
    for (const LatLng stop : stops) snaps.push_back(snap(stop));
    DirectRoads roads(stops.size());
    for (std::size_t from = 0; from + 1 < stops.size(); ++from) {
        const Tree tree = grow_tree(snaps[from]);
        for (std::size_t to = from + 1; to < stops.size(); ++to) {
            const Cost cost = way(stops[from], snaps[from], tree, stops[to], snaps[to]).cost;
            roads.between(from, to) = {cost.distance_m, cost.duration_s};
        }
    }
    return roads;
}

double RoadGraph::off_road_m(LatLng point) const {
    double nearest = std::numeric_limits<double>::max();
    for (const Edge& edge : edges_) {
        const LatLng from = nodes_[edge.from], to = nodes_[edge.to];
        const double t = nearest_fraction(point, from, to);
        nearest =
            std::min(nearest, distance_m(point, {std::lerp(from.lat, to.lat, t), std::lerp(from.lng, to.lng, t)}));
    }
    return nearest;
}

Route RoadGraph::route(LatLng from, LatLng to) const {
    return route(std::array{from, to});
}

}  // namespace safargo::geo
