#include "matching/route.hpp"

#include <bit>
#include <new>

namespace safargo::matching {
namespace {

std::uint64_t mix(std::uint64_t hash, LatLng at) {
    hash = (hash ^ std::bit_cast<std::uint64_t>(at.lat)) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ (hash >> 32) ^ std::bit_cast<std::uint64_t>(at.lng)) * 0xC2B2AE3D27D4EB4Fu;
    return hash ^ (hash >> 29);
}

// Bits, not values: 0.0 and -0.0 hash apart, so they must differ here too.
bool same_bits(LatLng a, LatLng b) {
    return std::bit_cast<std::uint64_t>(a.lat) == std::bit_cast<std::uint64_t>(b.lat) &&
           std::bit_cast<std::uint64_t>(a.lng) == std::bit_cast<std::uint64_t>(b.lng);
}

}  // namespace

static_assert(alignof(Route) <= alignof(RouteStop) && sizeof(Route) % alignof(RouteStop) == 0);

Route* Route::make(std::span<const LatLng> points) {
    void* memory = ::operator new(bytes(points.size()));
    auto* route = new (memory) Route(static_cast<std::uint32_t>(points.size()));
    auto* stops = reinterpret_cast<RouteStop*>(route + 1);
    double metres = 0;
    for (std::size_t k = 0; k < points.size(); ++k) {
        if (k > 0) metres += distance_m(points[k - 1], points[k]);
        new (stops + k) RouteStop{points[k], static_cast<float>(metres), cell_of(points[k])};
    }
    return route;
}

RouteTable::~RouteTable() {
    for (Route* route : routes_) ::operator delete(route);
}

const Route& RouteTable::intern(std::span<const LatLng> points) {
    const auto found = routes_.find(points);
    if (found != routes_.end()) {
        keep(**found);
        return **found;
    }
    Route* route = Route::make(points);
    routes_.insert(route);
    bytes_ += Route::bytes(points.size());
    keep(*route);
    return *route;
}

void RouteTable::release(const Route& route) {
    if (--route.references_ > 0) return;
    const auto found = routes_.find(&route);
    Route* dying = *found;
    bytes_ -= Route::bytes(dying->size());
    routes_.erase(found);
    ::operator delete(dying);
}

std::size_t RouteTable::Hash::operator()(std::span<const LatLng> points) const {
    std::uint64_t hash = points.size();
    for (const LatLng at : points) hash = mix(hash, at);
    return hash;
}

std::size_t RouteTable::Hash::operator()(const Route* route) const {
    std::uint64_t hash = route->size();
    for (const RouteStop& stop : route->stops()) hash = mix(hash, stop.at);
    return hash;
}

bool RouteTable::Same::operator()(std::span<const LatLng> points, const Route* route) const {
    if (points.size() != route->size()) return false;
    for (std::size_t k = 0; k < points.size(); ++k) {
        if (!same_bits(points[k], route->stops()[k].at)) return false;
    }
    return true;
}

}  // namespace safargo::matching
