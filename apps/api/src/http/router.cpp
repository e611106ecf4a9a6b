#include "http/router.hpp"

#include "http/uri.hpp"

#include <stdexcept>
#include <utility>

namespace safargo::http {
namespace {

constexpr std::size_t max_segments = 16;
constexpr int no_route = -1;

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

struct Router::Node {
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> literals;
    std::unique_ptr<Node> parameter;
    std::array<int, method_count> routes;

    Node() { routes.fill(no_route); }

    bool leads_somewhere() const {
        for (const int route : routes) {
            if (route != no_route) return true;
        }
        return false;
    }
    int route_for(Method method) const {
        const int own = routes[static_cast<std::size_t>(method)];
        if (own != no_route || method != Method::head) return own;
        return routes[static_cast<std::size_t>(Method::get)];
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
};

// One path, split and decoded, and which of its segments stand for parameters.
struct Router::Found {
    std::array<std::string_view, max_segments> segments;
    std::array<bool, max_segments> is_value{};
    std::size_t count = 0;
    bool malformed = false;
    std::vector<std::string> decoded;

    explicit Found(std::string_view path) {
        if (path.empty() || path.front() != '/') return;
        path.remove_prefix(1);
        if (path.find('%') != std::string_view::npos) decoded.reserve(max_segments);
        for (;;) {
            if (count == max_segments) {
                count = 0;
                return;
            }
            const std::size_t slash = path.find('/');
            segments[count++] = decode(path.substr(0, slash));
            if (slash == std::string_view::npos) return;
            path.remove_prefix(slash + 1);
        }
    }

    const Node* walk(const Node& node, std::size_t depth) {
        if (depth == count) return node.leads_somewhere() ? &node : nullptr;
        for (const auto& [literal, child] : node.literals) {
            if (literal != segments[depth]) continue;
            if (const Node* found = walk(*child, depth + 1)) return found;
        }
        if (!node.parameter || segments[depth].empty()) return nullptr;
        is_value[depth] = true;
        if (const Node* found = walk(*node.parameter, depth + 1)) return found;
        is_value[depth] = false;
        return nullptr;
    }

private:
    std::string_view decode(std::string_view segment) {
        if (segment.find('%') == std::string_view::npos) return segment;
        auto text = percent_decode(segment);
        if (!text || text->find('/') != std::string::npos) {
            malformed = true;
            return {};
        }
        return decoded.emplace_back(std::move(*text));
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

void Router::add(Route route) {
    const std::string what = std::string(name(route.method)) + " " + route.pattern;
    if (!route.handler) throw std::logic_error("route without handler: " + what);
    const Found shape(route.pattern);
    if (shape.count == 0 || shape.malformed) throw std::logic_error("bad route pattern: " + what);
    Node* node = root_.get();
    for (std::size_t i = 0; i < shape.count; ++i) node = &node->child(shape.segments[i]);
    int& place = node->routes[static_cast<std::size_t>(route.method)];
    if (place != no_route) throw std::logic_error("two routes for one place: " + what);
    place = static_cast<int>(routes_.size());
    routes_.push_back(std::make_unique<Route>(std::move(route)));
}

namespace {

std::string allow_header(const std::array<int, method_count>& routes) {
    std::string allow;
    for (std::size_t i = 0; i < method_count; ++i) {
        const auto method = static_cast<Method>(i);
        const bool answered = routes[i] != no_route || method == Method::options ||
                              (method == Method::head && routes[static_cast<std::size_t>(Method::get)] != no_route);
        if (!answered) continue;
        if (!allow.empty()) allow += ", ";
        allow += name(method);
    }
    return allow;
}

PathParams parameters(std::string_view pattern, auto& found) {
    PathParams params;
    pattern.remove_prefix(1);
    for (std::size_t i = 0; i < found.count; ++i) {
        const std::size_t slash = pattern.find('/');
        const std::string_view segment = pattern.substr(0, slash);
        if (found.is_value[i]) params.add(segment.substr(1, segment.size() - 2), std::string(found.segments[i]));
        pattern.remove_prefix(slash == std::string_view::npos ? pattern.size() : slash + 1);
    }
    return params;
}

}  // namespace

const Router::Node* Router::find(std::string_view path, Found& found) const {
    if (found.malformed || found.count == 0 || path.empty()) return nullptr;
    return found.walk(*root_, 0);
}

Match Router::match(Method method, std::string_view path) const {
    Found found(path);
    const Node* node = find(path, found);
    if (found.malformed) return {.kind = Match::Kind::malformed};
    if (node == nullptr) return {};
    const int index = node->route_for(method);
    if (index == no_route) return {.kind = Match::Kind::method_not_allowed, .allow = allow_header(node->routes)};
    const Route& route = *routes_[static_cast<std::size_t>(index)];
    return {.kind = Match::Kind::found,
            .route = &route,
            .index = static_cast<std::size_t>(index),
            .params = parameters(route.pattern, found)};
}

std::string Router::allowed(std::string_view path) const {
    Found found(path);
    const Node* node = find(path, found);
    return node == nullptr ? std::string() : allow_header(node->routes);
}

}  // namespace safargo::http
