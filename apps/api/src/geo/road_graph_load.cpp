#include "geo/csv.hpp"
#include "geo/road_graph.hpp"

#include <cmath>
#include <unordered_map>

namespace safargo::geo {
namespace {

using NodeIds = std::unordered_map<std::string, std::size_t>;

constexpr std::initializer_list<std::string_view> node_columns = {"id", "lat", "lng"};
constexpr std::initializer_list<std::string_view> edge_columns = {"from_id", "to_id", "km", "speed_kmh"};

NodeIds number_nodes(const CsvTable& table, std::vector<LatLng>& nodes) {
    NodeIds ids;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const CsvRow row = table.row(i);
        if (!ids.emplace(row.required("id"), i).second) row.refuse("id", "stands twice");
        nodes.push_back(row.position());
    }
    return ids;
}

std::size_t find_node(const CsvRow& row, std::string_view column, const NodeIds& ids) {
    const auto found = ids.find(std::string(row.required(column)));
    if (found == ids.end()) row.refuse(column, "no such node");
    return found->second;
}

}  // namespace

RoadGraph RoadGraph::load(const std::filesystem::path& folder) {
    return build(CsvTable::read(folder / "road_nodes.csv", node_columns),
                 CsvTable::read(folder / "road_edges.csv", edge_columns));
}

RoadGraph RoadGraph::parse(std::string_view nodes_csv, std::string_view edges_csv) {
    return build(CsvTable::parse("road_nodes.csv", nodes_csv, node_columns),
                 CsvTable::parse("road_edges.csv", edges_csv, edge_columns));
}

RoadGraph RoadGraph::build(const CsvTable& nodes, const CsvTable& edges) {
    RoadGraph graph;
    const NodeIds ids = number_nodes(nodes, graph.nodes_);
    graph.arcs_.resize(graph.nodes_.size());
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const CsvRow row = edges.row(i);
        const std::size_t from = find_node(row, "from_id", ids), to = find_node(row, "to_id", ids);
        if (from == to) row.refuse("to_id", "same as from_id");
        const double km = row.number("km", 0.1, 2'000), speed_kmh = row.number("speed_kmh", 10, 130);
        if (km * 1'000 < 0.99 * distance_m(graph.nodes_[from], graph.nodes_[to]))
            row.refuse("km", "shorter than the straight line");
        graph.add_edge({from, to, {std::llround(km / speed_kmh * 3'600), std::llround(km * 1'000)}});
    }
    if (graph.edges_.empty()) throw BadData("road_edges.csv: no roads");
    if (!graph.connected()) throw BadData("road_edges.csv: the graph is not connected");
    return graph;
}

void RoadGraph::add_edge(Edge edge) {
    arcs_[edge.from].push_back({edge.to, edge.cost});
    arcs_[edge.to].push_back({edge.from, edge.cost});
    edges_.push_back(edge);
}

bool RoadGraph::connected() const {
    std::vector<bool> seen(nodes_.size());
    std::vector<std::size_t> open{0};
    std::size_t count = 1;
    seen[0] = true;
    while (!open.empty()) {
        const std::size_t node = open.back();
        open.pop_back();
        for (const Arc& arc : arcs_[node]) {
            if (seen[arc.to]) continue;
            seen[arc.to] = true;
            open.push_back(arc.to);
            ++count;
        }
    }
    return count == nodes_.size();
}

}  // namespace safargo::geo
