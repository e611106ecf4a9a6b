#include "features/search/driver_cards.hpp"

namespace safargo::search {

void DriverCards::put(users::DriverCard card) {
    Shard& shard = shard_of(card.id);
    const std::lock_guard lock(shard.mutex);
    DriverCardPtr& known = shard.cards[card.id];
    if (!known || *known != card) known = std::make_shared<const users::DriverCard>(std::move(card));
}

void DriverCards::keep_only(const DriverSet& drivers) {
    for (Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        erase_if(shard.cards, [&](const auto& entry) { return !drivers.contains(entry.first); });
    }
}

DriverCardPtr DriverCards::find(UserId driver) const {
    const Shard& shard = shard_of(driver);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.cards.find(driver);
    return found == shard.cards.end() ? nullptr : found->second;
}

std::size_t DriverCards::size() const {
    std::size_t total = 0;
    for (const Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        total += shard.cards.size();
    }
    return total;
}

}  // namespace safargo::search
