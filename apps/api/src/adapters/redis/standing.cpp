#include "adapters/redis/standing.hpp"

#include "core/logging.hpp"

namespace safargo::redis {

Standing::Standing()
    : shown_(metrics::gauge("safargo_redis_distrusted_lanes",
                            "Parts of the keys for which Redis is not asked now: 64 for each thread")) {}

void Standing::lost_lane(std::string_view why) {
    shown_.add(1);
    if (lost_.fetch_add(1) == 0) log::warning("redis_unavailable", {{"why", why}});
}

void Standing::regained_lane() {
    shown_.add(-1);
    if (lost_.fetch_sub(1) == 1) log::info("redis_back");
}

void Standing::answered(std::chrono::nanoseconds took) {
    latency_ms_ = std::chrono::duration<double, std::milli>(took).count();
}

std::optional<double> Standing::latency_ms() const {
    if (!up()) return std::nullopt;
    return latency_ms_.load();
}

}  // namespace safargo::redis
