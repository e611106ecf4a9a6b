#include "adapters/redis/lanes.hpp"

#include "adapters/redis/slots.hpp"

#include <algorithm>

namespace safargo::redis {

std::size_t Lanes::of(std::string_view key) {
    return slot_of(key) / (slot_count / count);
}

void Lanes::pause(Lane& lane, Time now) const {
    lane.retry_at = now + lane.pause;
    lane.pause = std::min(lane.pause * 2, pauses_.longest);
}

bool Lanes::distrust(std::size_t number, Time sent, Time now) {
    Lane& lane = lanes_[number];
    if (!lane.trusted || sent < lane.trusted_at) return false;
    if (now - lane.trusted_at > pauses_.settled) lane.pause = pauses_.first;
    lane.trusted = false;
    ++distrusted_;
    pause(lane, now);
    return true;
}

std::vector<std::size_t> Lanes::due(Time now) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < count && distrusted_ > 0; ++i) {
        Lane& lane = lanes_[i];
        if (lane.trusted || lane.probed || now < lane.retry_at) continue;
        lane.probed = true;
        found.push_back(i);
    }
    return found;
}

bool Lanes::probe_worked(std::size_t number, Time now) {
    Lane& lane = lanes_[number];
    lane.probed = false;
    if (lane.trusted) return false;
    lane.trusted = true;
    lane.trusted_at = now;
    --distrusted_;
    return true;
}

void Lanes::probe_failed(std::size_t number, Time now) {
    Lane& lane = lanes_[number];
    lane.probed = false;
    if (!lane.trusted) pause(lane, now);
}

}  // namespace safargo::redis
