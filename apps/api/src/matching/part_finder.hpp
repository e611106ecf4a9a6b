// Finds the best part of one trip for a query: the stops to board and alight at.
#pragma once

#include "matching/grid.hpp"
#include "matching/packed_trip.hpp"
#include "matching/query.hpp"

namespace safargo::matching {

struct Part {
    std::size_t pickup = 0;
    std::size_t dropoff = 0;
    double from_m = 0;
    double to_m = 0;
    std::int64_t pickup_us = 0;
    std::int64_t duration_us = 0;
    std::int64_t price = 0;

    double away_m() const { return from_m + to_m; }
};

class PartFinder {
public:
    explicit PartFinder(const Query& query);

    Disc& from() { return from_; }
    Disc* to() { return to_ ? &*to_ : nullptr; }         // null: any destination
    std::int64_t first_us() const { return first_us_; }  // of pickups, inclusive
    std::int64_t last_us() const { return last_us_; }    // inclusive

    std::optional<Part> best(const TripHead& trip, const LaterStop* later);

private:
    struct Trip {
        const TripHead& head;
        const LaterStop* later;
        std::span<const RouteStop> stops;

        std::int64_t after_us(std::size_t stop) const {
            return stop == 0 ? 0 : static_cast<std::int64_t>(later[stop - 1].after_us);
        }
        std::int64_t price(std::size_t stop) const { return stop == 0 ? 0 : later[stop - 1].price; }
    };

    bool is_pickup_time(std::int64_t us) const;
    bool affords(const Trip& trip, std::size_t pickup, std::size_t dropoff) const {
        return trip.price(dropoff) - trip.price(pickup) <= price_max_;
    }
    void try_dropoffs(const Trip& trip, std::size_t pickup, double from_m, std::optional<Part>& best);
    void try_furthest(const Trip& trip, std::size_t pickup, double from_m, std::optional<Part>& best) const;

    Disc from_;
    std::optional<Disc> to_;
    std::int64_t first_us_;
    std::int64_t last_us_;
    std::int64_t price_max_;
    std::optional<HourRange> hours_;
    int seats_;
};

}  // namespace safargo::matching
