#include "matching/route.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>

namespace safargo::matching {
namespace {

std::uint64_t mix(std::uint64_t hash, LatLng at, std::string_view label) {
    hash = (hash ^ std::bit_cast<std::uint64_t>(at.lat)) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ (hash >> 32) ^ std::bit_cast<std::uint64_t>(at.lng)) * 0xC2B2AE3D27D4EB4Fu;
    return hash ^ (hash >> 29) ^ std::hash<std::string_view>{}(label);
}

// Compares bits, not values: 0.0 and -0.0 have different hashes, so they must differ here too.
bool same_bits(LatLng a, LatLng b) {
    return std::bit_cast<std::uint64_t>(a.lat) == std::bit_cast<std::uint64_t>(b.lat) &&
           std::bit_cast<std::uint64_t>(a.lng) == std::bit_cast<std::uint64_t>(b.lng);
}

}  // namespace

static_assert(alignof(Route) <= alignof(RouteStop) && sizeof(Route) % alignof(RouteStop) == 0);

Route* Route::make(std::span<const NamedPoint> points) {
    std::size_t label_bytes = 0;
    for (const NamedPoint& point : points) label_bytes += sizeof(LabelLength) + point.label.size();
    void* memory = ::operator new(sizeof(Route) + points.size() * sizeof(RouteStop) + label_bytes);
    auto* route = new (memory) Route(points.size(), label_bytes);
    auto* stops = reinterpret_cast<RouteStop*>(route + 1);
    auto* label = reinterpret_cast<char*>(stops + points.size());
    double metres = 0;
    for (std::size_t k = 0; k < points.size(); ++k) {
        const auto& [at, name] = points[k];
        if (k > 0) metres += distance_m(points[k - 1].at, at);
        new (stops + k) RouteStop{at, static_cast<float>(metres), cell_of(at)};
        const auto length = static_cast<LabelLength>(name.size());
        std::memcpy(label, &length, sizeof length);
        std::ranges::copy(name, label + sizeof length);
        label += sizeof length + length;
    }
    return route;
}

std::string_view Route::label(std::size_t stop) const {
    const char* at = labels();
    LabelLength length;
    std::memcpy(&length, at, sizeof length);
    for (; stop > 0; --stop) {
        at += sizeof length + length;
        std::memcpy(&length, at, sizeof length);
    }
    return {at + sizeof length, length};
}

RouteTable::~RouteTable() {
    for (Route* route : routes_) ::operator delete(route);
}

const Route& RouteTable::intern(std::span<const NamedPoint> points) {
    const auto found = routes_.find(points);
    if (found != routes_.end()) {
        retain(**found);
        return **found;
    }
    Route* route = Route::make(points);
    routes_.insert(route);
    bytes_ += route->bytes();
    retain(*route);
    return *route;
}

void RouteTable::release(const Route& route) {
    if (--route.references_ > 0) return;
    const auto found = routes_.find(&route);
    Route* dying = *found;
    bytes_ -= dying->bytes();
    routes_.erase(found);
    ::operator delete(dying);
}

std::size_t RouteTable::Hash::operator()(std::span<const NamedPoint> points) const {
    std::uint64_t hash = points.size();
    for (const auto& [at, label] : points) hash = mix(hash, at, label);
    return hash;
}

std::size_t RouteTable::Hash::operator()(const Route* route) const {
    std::uint64_t hash = route->size();
    for (std::size_t k = 0; k < route->size(); ++k) hash = mix(hash, route->stops()[k].at, route->label(k));
    return hash;
}

bool RouteTable::Same::operator()(std::span<const NamedPoint> points, const Route* route) const {
    if (points.size() != route->size()) return false;
    for (std::size_t k = 0; k < points.size(); ++k) {
        if (!same_bits(points[k].at, route->stops()[k].at) || points[k].label != route->label(k)) return false;
    }
    return true;
}

}  // namespace safargo::matching
