#include "http/quotas.hpp"

#include <utility>

namespace safargo::http {

bool ClientConnections::enter(const std::string& client) {
    if (client.empty()) return true;
    const std::lock_guard lock(mutex_);
    std::size_t& open = open_[client];
    if (open >= most_) return false;  // an open connection exists, so no entry was created
    ++open;
    return true;
}

void ClientConnections::leave(const std::string& client) {
    if (client.empty()) return;
    const std::lock_guard lock(mutex_);
    const auto known = open_.find(client);
    if (--known->second == 0) open_.erase(known);
}

std::size_t ClientConnections::clients() const {
    const std::lock_guard lock(mutex_);
    return open_.size();
}

bool BodyBudget::take(std::size_t bytes) {
    if (used_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= most_) return true;
    give_back(bytes);
    return false;
}

bool StreamQuota::take() {
    if (open_.fetch_add(1, std::memory_order_relaxed) < most_) return true;
    give_back();
    return false;
}

bool BodyShare::grow_to(std::size_t bytes) {
    if (bytes <= held_) return true;
    if (!budget_.take(bytes - held_)) return false;
    held_ = bytes;
    return true;
}

void BodyShare::release() {
    if (held_ > 0) budget_.give_back(std::exchange(held_, 0));
}

}  // namespace safargo::http
