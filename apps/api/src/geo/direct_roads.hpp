// The direct road between each pair of a route's stops, ignoring the stops in between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace safargo::geo {

struct Leg {
    std::int64_t distance_m = 0;
    std::int64_t duration_s = 0;
    bool operator==(const Leg&) const = default;
};

class DirectRoads {
public:
    explicit DirectRoads(std::size_t stops) : stops_(stops), legs_(stops * stops) {}

    // A route without detours: its direct roads are the sums of its legs.
    static DirectRoads along(std::span<const Leg> legs);

    std::size_t stops() const { return stops_; }
    Leg& between(std::size_t from, std::size_t to) { return legs_[from * stops_ + to]; }  // from < to
    const Leg& between(std::size_t from, std::size_t to) const { return legs_[from * stops_ + to]; }

private:
    std::size_t stops_;
    std::vector<Leg> legs_;
};

inline DirectRoads DirectRoads::along(std::span<const Leg> legs) {
    DirectRoads roads(legs.size() + 1);
    for (std::size_t from = 0; from < legs.size(); ++from) {
        Leg sum;
        for (std::size_t to = from + 1; to <= legs.size(); ++to) {
            sum.distance_m += legs[to - 1].distance_m;
            sum.duration_s += legs[to - 1].duration_s;
            roads.between(from, to) = sum;
        }
    }
    return roads;
}

}  // namespace safargo::geo
