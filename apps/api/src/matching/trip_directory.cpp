#include "matching/trip_directory.hpp"

#include <stdexcept>

namespace safargo::matching {

std::optional<TripDirectory::Located> TripDirectory::find(TripId trip) const {
    const auto found = entries_.find(trip);
    if (found == entries_.end()) return std::nullopt;
    return locate(*found);
}

void TripDirectory::point_to_all(const Shard& shard) {
    shards_[shard.number()] = &shard;
    const std::uint32_t first = shard.number() << slot_bits;
    for (std::uint32_t place = 0; place < shard.size(); ++place) {
        const Entry entry{first | place};
        const auto [known, is_new] = entries_.insert(entry);
        if (!is_new) known->target = entry.target;
    }
}

void TripDirectory::erase(TripId trip) {
    entries_.erase(trip);
}

std::size_t TripDirectory::bytes() const {
    return entries_.bucket_count() * (sizeof(Entry) + 1) + shards_.capacity() * sizeof(Shard*);
}

std::uint32_t TripDirectory::take_number() {
    if (!free_numbers_.empty()) {
        const auto number = free_numbers_.back();
        free_numbers_.pop_back();
        return number;
    }
    if (shards_.size() >> (32 - slot_bits) != 0) throw std::length_error("too many shards");
    shards_.push_back(nullptr);
    return static_cast<std::uint32_t>(shards_.size() - 1);
}

void TripDirectory::free_number(std::uint32_t number) {
    shards_[number] = nullptr;
    free_numbers_.push_back(number);
}

}  // namespace safargo::matching
