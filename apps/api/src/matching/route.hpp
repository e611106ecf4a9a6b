// Stop sequences with their names, stored once for all trips that use them.
#pragma once

#include "core/lat_lng.hpp"
#include "matching/grid.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace safargo::matching {

struct NamedPoint {
    LatLng at;
    std::string_view label;  // up to max_label_bytes
};
inline constexpr std::size_t max_label_bytes = 1'000;

struct RouteStop {
    LatLng at;
    float metres_from_start = 0;  // along straight legs
    Cell cell = 0;
};

// Stops directly follow the header, so that a search touches one block of memory per route; labels, needed only for
// results, come after them, each preceded by its length.
class Route {
public:
    Route(const Route&) = delete;
    Route& operator=(const Route&) = delete;

    std::size_t size() const { return size_; }
    std::span<const RouteStop> stops() const { return {reinterpret_cast<const RouteStop*>(this + 1), size_}; }
    std::string_view label(std::size_t stop) const;

private:
    friend class RouteTable;
    using LabelLength = std::uint16_t;
    Route(std::size_t size, std::size_t label_bytes)
        : size_(static_cast<std::uint16_t>(size)), label_bytes_(static_cast<std::uint16_t>(label_bytes)) {}
    static Route* make(std::span<const NamedPoint> points);
    const char* labels() const { return reinterpret_cast<const char*>(stops().data() + size_); }
    std::size_t bytes() const { return sizeof(Route) + size_ * sizeof(RouteStop) + label_bytes_; }

    mutable std::uint32_t references_ = 0;  // used by the writer only
    std::uint16_t size_;
    std::uint16_t label_bytes_;
};

// Owned by the writer; readers hold plain pointers, valid while a shard holds a reference.
class RouteTable {
public:
    RouteTable() = default;
    ~RouteTable();
    RouteTable(const RouteTable&) = delete;
    RouteTable& operator=(const RouteTable&) = delete;

    const Route& intern(std::span<const NamedPoint> points);  // includes a reference for the caller
    void retain(const Route& route) { ++route.references_; }
    void release(const Route& route);  // frees it with the last reference

    std::size_t size() const { return routes_.size(); }
    std::size_t bytes() const { return bytes_ + routes_.bucket_count() * (sizeof(Route*) + 1); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::span<const NamedPoint> points) const;
        std::size_t operator()(const Route* route) const;
    };
    struct Same {
        using is_transparent = void;
        bool operator()(const Route* a, const Route* b) const { return a == b; }
        bool operator()(std::span<const NamedPoint> points, const Route* route) const;
        bool operator()(const Route* route, std::span<const NamedPoint> points) const { return (*this)(points, route); }
    };

    boost::unordered_flat_set<Route*, Hash, Same> routes_;
    std::size_t bytes_ = 0;
};

}  // namespace safargo::matching
