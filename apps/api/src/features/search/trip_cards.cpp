#include "features/search/trip_cards.hpp"

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

TripCards::Shard& TripCards::shard_of(TripId trip) const {
    return shards_[std::hash<TripId>{}(trip) % shard_count];
}

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
    if (!known || !same(*known, driver)) known = std::make_shared<const users::DriverCard>(std::move(driver));
    return known;
}

void TripCards::put(TripId trip, NamedStops stops, users::DriverCard driver, bool instant) {
    TripCard card{share(std::move(stops)), share(std::move(driver)), instant};
    Shard& shard = shard_of(trip);
    const std::lock_guard lock(shard.mutex);
    shard.cards.insert_or_assign(trip, std::move(card));
}

void TripCards::remove(TripId trip) {
    Shard& shard = shard_of(trip);
    const std::lock_guard lock(shard.mutex);
    shard.cards.erase(trip);
}

void TripCards::clear() {
    for (Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        shard.cards.clear();
    }
    routes_.clear();
    drivers_.clear();
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

}  // namespace safargo::search
