#include "features/live/open_streams.hpp"

namespace safargo::live {

std::optional<OpenStreams::Place> OpenStreams::enter(UserId user) {
    const std::lock_guard lock(mutex_);
    std::size_t& open = open_[user];
    if (open >= most_per_person) return std::nullopt;  // some are open, so no entry was made
    ++open;
    return std::optional<Place>(std::in_place, *this, user);
}

void OpenStreams::leave(UserId user) {
    const std::lock_guard lock(mutex_);
    const auto known = open_.find(user);
    if (--known->second == 0) open_.erase(known);
}

std::size_t OpenStreams::people() const {
    const std::lock_guard lock(mutex_);
    return open_.size();
}

}  // namespace safargo::live
