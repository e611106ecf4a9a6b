#include "http/router.hpp"

#include "core/percent_encoding.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>

namespace safargo::http {
namespace {

constexpr std::size_t max_segments = 16;
constexpr int no_route = -1;

using MethodTable = std::array<int, method_count>;  // index of the route per method, or no_route

std::size_t place_of(Method method) {
    return static_cast<std::size_t>(method);
}

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::string_view cut_segment(std::string_view& rest) {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
    return segment;
}

// Whether the decoded text is valid UTF-8 and a single segment.
bool is_segment(std::string_view decoded) {
    const auto may_not_stand = [](char c) { return static_cast<std::uint8_t>(c) < 0x20 || c == 0x7f || c == '/'; };
    return std::ranges::none_of(decoded, may_not_stand) && is_valid_utf8(decoded);
}

// A path split at slashes and decoded; no segments if it does not start with a slash or has too many.
struct SplitPath {
    std::array<std::string_view, max_segments> segments;
    std::array<bool, max_segments> is_value{};  // set while matching: this segment is a parameter's value
    std::size_t count = 0;
    bool malformed = false;
    std::vector<std::string> decoded;

    explicit SplitPath(std::string_view path) {
        if (path.empty() || path.front() != '/') return;
        const auto slashes = static_cast<std::size_t>(std::ranges::count(path, '/'));
        if (path.find('%') != std::string_view::npos) decoded.reserve(slashes);  // segments point into it
        path.remove_prefix(1);
        for (std::size_t i = 0; i < slashes; ++i) {
            const std::string_view segment = decode(cut_segment(path));
            if (slashes <= max_segments) segments[count++] = segment;
        }
    }

private:
    std::string_view decode(std::string_view segment) {
        if (segment.find('%') == std::string_view::npos) return segment;
        auto text = percent_decode(segment, Plus::literal);
        if (!text || !is_segment(*text)) {
            malformed = true;
            return {};
        }
        return decoded.emplace_back(std::move(*text));
    }
};

int route_for(Method method, const MethodTable& routes) {
    const int own = routes[place_of(method)];
    return own == no_route && method == Method::head ? routes[place_of(Method::get)] : own;
}

std::string allow_header(const MethodTable& routes) {
    std::string allow;
    for (std::size_t i = 0; i < method_count; ++i) {
        const auto method = static_cast<Method>(i);
        if (method != Method::options && route_for(method, routes) == no_route) continue;
        if (!allow.empty()) allow += ", ";
        allow += name(method);
    }
    return allow;
}

PathParams parameters(std::string_view pattern, const SplitPath& path) {
    PathParams params;
    pattern.remove_prefix(1);
    for (std::size_t i = 0; i < path.count; ++i) {
        const std::string_view segment = cut_segment(pattern);
        if (path.is_value[i]) params.add(segment.substr(1, segment.size() - 2), std::string(path.segments[i]));
    }
    return params;
}

}  // namespace

struct Router::Node {
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> literals;
    std::unique_ptr<Node> parameter;
    MethodTable routes;

    Node() { routes.fill(no_route); }

    bool has_routes() const {
        return std::ranges::any_of(routes, [](int route) { return route != no_route; });
    }

    Node& child(std::string_view segment) {
        if (is_parameter(segment)) {
            if (!parameter) parameter = std::make_unique<Node>();
            return *parameter;
        }
        for (auto& [literal, node] : literals) {
            if (literal == segment) return *node;
        }
        return *literals.emplace_back(segment, std::make_unique<Node>()).second;
    }

    const Node* walk(SplitPath& path, std::size_t depth) const {
        if (depth == path.count) return has_routes() ? this : nullptr;
        const std::string_view segment = path.segments[depth];
        for (const auto& [literal, node] : literals) {
            if (literal != segment) continue;
            if (const Node* found = node->walk(path, depth + 1)) return found;
        }
        if (!parameter || segment.empty()) return nullptr;
        const Node* found = parameter->walk(path, depth + 1);
        path.is_value[depth] = found != nullptr;
        return found;
    }

    const Node* find(SplitPath& path) const { return path.malformed || path.count == 0 ? nullptr : walk(path, 0); }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

void Router::add(Route route) {
    const std::string what = std::string(name(route.method)) + " " + route.pattern;
    if (!route.handler) throw std::logic_error("route without handler: " + what);
    const SplitPath shape(route.pattern);
    if (shape.count == 0 || shape.malformed) throw std::logic_error("invalid route pattern: " + what);
    Node* node = root_.get();
    for (std::size_t i = 0; i < shape.count; ++i) node = &node->child(shape.segments[i]);
    int& place = node->routes[place_of(route.method)];
    if (place != no_route) throw std::logic_error("duplicate route: " + what);
    place = static_cast<int>(routes_.size());
    routes_.push_back(std::make_unique<Route>(std::move(route)));
}

Match Router::match(Method method, std::string_view path) const {
    SplitPath split(path);
    if (split.malformed) return {.kind = Match::Kind::malformed};
    const Node* node = root_->find(split);
    if (node == nullptr) return {};
    const int index = route_for(method, node->routes);
    if (index == no_route) return {.kind = Match::Kind::method_not_allowed, .allow = allow_header(node->routes)};
    const Route& route = *routes_[static_cast<std::size_t>(index)];
    return {.kind = Match::Kind::found,
            .route = &route,
            .index = static_cast<std::size_t>(index),
            .params = parameters(route.pattern, split)};
}

}  // namespace safargo::http
