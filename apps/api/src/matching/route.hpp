// Stop sequences, each kept once however many trips drive it.
#pragma once

#include "core/lat_lng.hpp"
#include "matching/grid.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace safargo::matching {

struct RouteStop {
    LatLng at;
    float metres_from_start = 0;  // along straight legs
    Cell cell = 0;
};

// The stops lie right behind the header, so that a search touches one piece of memory per route.
class Route {
public:
    Route(const Route&) = delete;
    Route& operator=(const Route&) = delete;

    std::size_t size() const { return size_; }
    std::span<const RouteStop> stops() const { return {reinterpret_cast<const RouteStop*>(this + 1), size_}; }

private:
    friend class RouteTable;
    explicit Route(std::uint32_t size) : size_(size) {}
    static Route* make(std::span<const LatLng> points);
    static std::size_t bytes(std::size_t stops) { return sizeof(Route) + stops * sizeof(RouteStop); }

    mutable std::uint32_t references_ = 0;  // touched by the writer only
    std::uint32_t size_;
};

// Owned by the writer; readers hold plain pointers, which live as long as a shard that counts a reference.
class RouteTable {
public:
    RouteTable() = default;
    ~RouteTable();
    RouteTable(const RouteTable&) = delete;
    RouteTable& operator=(const RouteTable&) = delete;

    const Route& intern(std::span<const LatLng> points);  // with one reference for the caller
    void keep(const Route& route) { ++route.references_; }
    void release(const Route& route);  // frees it with the last reference

    std::size_t size() const { return routes_.size(); }
    std::size_t bytes() const { return bytes_ + routes_.bucket_count() * (sizeof(Route*) + 1); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::span<const LatLng> points) const;
        std::size_t operator()(const Route* route) const;
    };
    struct Same {
        using is_transparent = void;
        bool operator()(const Route* a, const Route* b) const { return a == b; }
        bool operator()(std::span<const LatLng> points, const Route* route) const;
        bool operator()(const Route* route, std::span<const LatLng> points) const { return (*this)(points, route); }
    };

    boost::unordered_flat_set<Route*, Hash, Same> routes_;
    std::size_t bytes_ = 0;
};

}  // namespace safargo::matching
