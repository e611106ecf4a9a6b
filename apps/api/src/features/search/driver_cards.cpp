#include "features/search/driver_cards.hpp"

namespace safargo::search {

void DriverCards::insert_or_replace(users::DriverCard card) {
    const std::lock_guard lock(mutex_);
    auto& known = cards_[card.id];
    if (!known || *known != card) known = std::make_unique<const users::DriverCard>(std::move(card));
}

void DriverCards::keep_only(const DriverSet& drivers) {
    const std::lock_guard lock(mutex_);
    erase_if(cards_, [&](const auto& entry) { return !drivers.contains(entry.first); });
}

std::size_t DriverCards::size() const {
    const std::shared_lock lock(mutex_);
    return cards_.size();
}

const users::DriverCard* DriverCards::View::find(UserId driver) const {
    const auto found = cards_.cards_.find(driver);
    return found == cards_.cards_.end() ? nullptr : found->second.get();
}

}  // namespace safargo::search
