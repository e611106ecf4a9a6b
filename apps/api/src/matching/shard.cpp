#include "matching/shard.hpp"

#include <algorithm>

namespace safargo::matching {
namespace {

std::uint64_t ends(const TripView& trip) {
    const auto stops = trip.head->route->stops();
    return std::uint64_t{stops.front().cell} << 32 | stops.back().cell;
}

}  // namespace

std::int64_t last_pickup_us(const TripView& trip) {
    const auto stops = trip.head->route->size();
    const auto after = stops > 2 ? trip.later[stops - 3].after_us : 0;
    return trip.head->departure_us + static_cast<std::int64_t>(after);
}

Shard::Room::Room(std::uint32_t shard_number, std::size_t trips, std::size_t later_stops) : number(shard_number) {
    heads.reserve(trips);
    names.reserve(trips);
    later.reserve(later_stops);
}

Shard::Shard(std::span<const TripView> trips, Room room, RouteTable& routes)
    : routes_(routes),
      number_(room.number),
      heads_(std::move(room.heads)),
      names_(std::move(room.names)),
      later_(std::move(room.later)) {
    std::vector<std::pair<std::uint64_t, const TripView*>> order;
    order.reserve(trips.size());
    for (const TripView& trip : trips) order.emplace_back(ends(trip), &trip);
    std::ranges::sort(order);
    for (const auto& [key, trip] : order) take(*trip);
    destinations_.shrink_to_fit();
    pickups_ = index(Side::pickup);
    dropoffs_ = index(Side::dropoff);
}

Shard::~Shard() {
    for (const TripHead& head : heads_) routes_.release(*head.route);
}

void Shard::take(const TripView& trip) {
    if (trip.place) destinations_.emplace_back(static_cast<Slot>(heads_.size()), *trip.place);
    heads_.push_back(*trip.head);
    heads_.back().tail = static_cast<std::uint32_t>(later_.size());
    names_.push_back(*trip.name);
    later_.insert(later_.end(), trip.later, trip.later + trip.head->route->size() - 1);
    first_pickup_us_ = std::min(first_pickup_us_, trip.head->departure_us);
    last_pickup_us_ = std::max(last_pickup_us_, matching::last_pickup_us(trip));
}

Postings Shard::index(Side side) const {
    std::vector<std::uint64_t> entries;
    entries.reserve(later_.size());
    for (std::size_t k = 0; k < heads_.size(); ++k) {
        const auto stops = heads_[k].route->stops();
        const auto indexed = side == Side::pickup ? stops.first(stops.size() - 1) : stops.subspan(1);
        for (const RouteStop& stop : indexed) entries.push_back(Postings::posting(stop.cell, static_cast<Slot>(k)));
    }
    return Postings(std::move(entries));
}

const PlaceId* Shard::destination(Slot place) const {
    const auto found = std::ranges::lower_bound(destinations_, place, {}, &std::pair<Slot, PlaceId>::first);
    return found != destinations_.end() && found->first == place ? &found->second : nullptr;
}

TripView Shard::view(Slot place) const {
    const TripHead& trip = heads_[place];
    return {&trip, &names_[place], later(trip), trip.bits & trip_bits::has_place ? destination(place) : nullptr};
}

std::size_t Shard::bytes() const {
    return sizeof(*this) + heads_.capacity() * sizeof(TripHead) + names_.capacity() * sizeof(TripName) +
           later_.capacity() * sizeof(LaterStop) + destinations_.capacity() * sizeof(destinations_.front()) +
           pickups_.bytes() + dropoffs_.bytes();
}

}  // namespace safargo::matching
