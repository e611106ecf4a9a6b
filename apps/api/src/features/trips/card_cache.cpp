#include "features/trips/card_cache.hpp"

#include <mutex>
#include <utility>

namespace safargo::trips {

std::optional<TripCards> CardCache::find(VehicleId vehicle) const {
    if (current_at_.load() < std::chrono::steady_clock::now() - max_lag) return std::nullopt;
    const std::shared_lock lock(mutex_);
    const auto found = cards_.find(vehicle);
    if (found == cards_.end()) return std::nullopt;
    return found->second;
}

void CardCache::remember(Ticket ticket, VehicleId vehicle, TripCards cards) {
    const std::lock_guard lock(mutex_);
    if (forgotten_.load() != ticket.forgotten) return;
    if (cards_.size() >= most) cards_.clear();
    cards_.insert_or_assign(vehicle, std::move(cards));
}

void CardCache::forget(VehicleId vehicle) {
    const std::lock_guard lock(mutex_);
    ++forgotten_;
    cards_.erase(vehicle);
}

void CardCache::forget_all() {
    const std::lock_guard lock(mutex_);
    ++forgotten_;
    cards_.clear();
}

void CardCache::caught_up(Time as_of) {
    current_at_ = as_of;
}

std::size_t CardCache::size() const {
    const std::shared_lock lock(mutex_);
    return cards_.size();
}

}  // namespace safargo::trips
