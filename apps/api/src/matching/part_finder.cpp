#include "matching/part_finder.hpp"

#include <algorithm>

namespace safargo::matching {
namespace {

constexpr std::int64_t hour_us = 3'600'000'000;

int hour_in_algiers(std::int64_t us) {
    constexpr std::int64_t offset_us = std::chrono::microseconds(algiers_offset).count();
    const std::int64_t of_day = (us + offset_us) % (24 * hour_us);
    return static_cast<int>((of_day < 0 ? of_day + 24 * hour_us : of_day) / hour_us);
}

bool is_better(const Part& part, const std::optional<Part>& best) {
    if (!best) return true;
    if (part.away_m() != best->away_m()) return part.away_m() < best->away_m();
    if (part.pickup_us != best->pickup_us) return part.pickup_us > best->pickup_us;
    return part.dropoff < best->dropoff;  // pickups are tried in order, so the best has the smaller one
}

}  // namespace

PartFinder::PartFinder(const Query& query)
    : from_(query.from, query.radius_m),
      first_us_(std::max(microseconds(query.begin), microseconds(query.now) + 1)),
      last_us_(microseconds(query.end) - 1),
      price_max_(query.filters.price_max ? query.filters.price_max->amount : std::numeric_limits<std::int64_t>::max()),
      hours_(query.filters.pickup_hours),
      seats_(query.seats) {
    if (query.to) to_.emplace(*query.to, query.radius_m);
}

bool PartFinder::is_pickup_time(std::int64_t us) const {
    if (us < first_us_ || us > last_us_) return false;
    if (!hours_) return true;
    const int hour = hour_in_algiers(us);
    if (hours_->begin <= hours_->end) return hour >= hours_->begin && hour < hours_->end;
    return hour >= hours_->begin || hour < hours_->end;
}

std::optional<Part> PartFinder::best(const TripHead& head, const LaterStop* later) {
    const Trip trip{head, later, head.route->stops()};
    std::optional<Part> best;
    for (std::size_t pickup = 0; pickup + 1 < trip.stops.size(); ++pickup) {
        if (head.seats_on(pickup) < seats_ || !is_pickup_time(head.departure_us + trip.after_us(pickup))) continue;
        const auto from_m = from_.reach(trip.stops[pickup].at);
        if (!from_m) continue;
        if (to_) {
            try_dropoffs(trip, pickup, *from_m, best);
        } else {
            try_furthest(trip, pickup, *from_m, best);
        }
    }
    return best;
}

void PartFinder::try_dropoffs(const Trip& trip, std::size_t pickup, double from_m, std::optional<Part>& best) {
    for (std::size_t dropoff = pickup + 1; dropoff < trip.stops.size(); ++dropoff) {
        if (trip.head.seats_on(dropoff - 1) < seats_) return;
        const auto to_m = to_->reach(trip.stops[dropoff].at);
        if (!to_m || !affords(trip, pickup, dropoff)) continue;
        const Part part{.pickup = pickup,
                        .dropoff = dropoff,
                        .from_m = from_m,
                        .to_m = *to_m,
                        .pickup_us = trip.head.departure_us + trip.after_us(pickup),
                        .duration_us = trip.after_us(dropoff) - trip.after_us(pickup),
                        .price = trip.price(dropoff) - trip.price(pickup)};
        if (is_better(part, best)) best = part;
    }
}

void PartFinder::try_furthest(const Trip& trip, std::size_t pickup, double from_m, std::optional<Part>& best) const {
    std::size_t dropoff = pickup;
    while (dropoff + 1 < trip.stops.size() && trip.head.seats_on(dropoff) >= seats_ &&
           affords(trip, pickup, dropoff + 1)) {
        ++dropoff;
    }
    if (dropoff == pickup) return;
    const Part part{.pickup = pickup,
                    .dropoff = dropoff,
                    .from_m = from_m,
                    .pickup_us = trip.head.departure_us + trip.after_us(pickup),
                    .duration_us = trip.after_us(dropoff) - trip.after_us(pickup),
                    .price = trip.price(dropoff) - trip.price(pickup)};
    if (is_better(part, best)) best = part;
}

}  // namespace safargo::matching
