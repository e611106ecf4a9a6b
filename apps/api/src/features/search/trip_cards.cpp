#include "features/search/trip_cards.hpp"

#include <algorithm>
#include <functional>

namespace safargo::search {
namespace {

std::size_t hash_of(const NamedStops& stops) {
    std::size_t hash = stops.size();
    for (const NamedStop& stop : stops) {
        const std::size_t part = std::hash<double>{}(stop.where.lat) ^ (std::hash<double>{}(stop.where.lng) << 1) ^
                                 (std::hash<std::string>{}(stop.label) << 2);
        hash = hash * 1'099'511'628'211U + part;
    }
    return hash;
}

bool same(const users::DriverCard& a, const users::DriverCard& b) {
    return a.name == b.name && a.rating == b.rating && a.reviews == b.reviews && a.verified == b.verified;
}

}  // namespace

std::shared_ptr<const NamedStops> TripCards::share(NamedStops stops) {
    const std::size_t hash = hash_of(stops);
    auto [begin, end] = routes_.equal_range(hash);
    while (begin != end) {
        auto known = begin->second.lock();
        if (known && *known == stops) return known;
        begin = known ? std::next(begin) : routes_.erase(begin);
    }
    auto made = std::make_shared<const NamedStops>(std::move(stops));
    routes_.emplace(hash, made);
    return made;
}

std::shared_ptr<const users::DriverCard> TripCards::share(users::DriverCard driver) {
    auto& known = drivers_[driver.id];
    auto shared = known.lock();
    if (!shared || !same(*shared, driver)) {
        shared = std::make_shared<const users::DriverCard>(std::move(driver));
        known = shared;
    }
    return shared;
}

// What no trip holds any more would otherwise pile up for as long as the process lives.
void TripCards::forget_unused() {
    constexpr std::size_t least = 1'024;
    if (shared_parts() < forget_at_) return;
    const auto is_unused = [](const auto& entry) { return entry.second.expired(); };
    std::erase_if(routes_, is_unused);
    std::erase_if(drivers_, is_unused);
    forget_at_ = std::max(least, 2 * shared_parts());
}

void TripCards::put(TripId trip, NamedStops stops, users::DriverCard driver, TripCard rest) {
    forget_unused();
    rest.stops = share(std::move(stops));
    rest.driver = share(std::move(driver));
    Shard& shard = shard_of(trip);
    const std::lock_guard lock(shard.mutex);
    shard.cards.insert_or_assign(trip, std::move(rest));
}

void TripCards::remove(TripId trip) {
    Shard& shard = shard_of(trip);
    const std::lock_guard lock(shard.mutex);
    shard.cards.erase(trip);
}

std::vector<std::pair<TripId, std::int64_t>> TripCards::not_seen_by(std::uint32_t loading) const {
    std::vector<std::pair<TripId, std::int64_t>> others;
    for (const Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        for (const auto& [trip, card] : shard.cards) {
            if (card.loading != loading) others.emplace_back(trip, card.version);
        }
    }
    return others;
}

std::vector<TripCard> TripCards::find(const std::vector<TripId>& trips) const {
    std::vector<TripCard> found;
    found.reserve(trips.size());
    for (const TripId trip : trips) {
        const Shard& shard = shard_of(trip);
        const std::lock_guard lock(shard.mutex);
        const auto card = shard.cards.find(trip);
        found.push_back(card == shard.cards.end() ? TripCard{} : card->second);
    }
    return found;
}

std::size_t TripCards::size() const {
    std::size_t total = 0;
    for (const Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        total += shard.cards.size();
    }
    return total;
}

std::size_t TripCards::shared_parts() const {
    return routes_.size() + drivers_.size();
}

}  // namespace safargo::search
