#include "features/search/feed_health.hpp"

namespace safargo::search {
namespace {

using platform::Health;
using platform::HealthFinding;

constexpr std::int64_t stale_after_ms = 5'000;

struct Shown {
    std::string status;  // ok, loading, stale
    std::int64_t trips;
    std::int64_t lag_ms;
};
BOOST_DESCRIBE_STRUCT(Shown, (), (status, trips, lag_ms))

HealthFinding judge(const FeedStatus& feed) {
    const bool stale = feed.lag_ms > stale_after_ms;
    const Shown shown{.status = !feed.loaded ? "loading"
                                : stale      ? "stale"
                                             : "ok",
                      .trips = feed.trips,
                      .lag_ms = feed.lag_ms};
    return {.shown = contract::to_json(shown),
            .health = shown.status == "ok" ? Health::ok : Health::degraded,
            .serves = feed.loaded};
}

}  // namespace

platform::HealthCheck health_check(std::function<FeedStatus()> status) {
    return {"search_index", [status = std::move(status)] { return judge(status()); }};
}

}  // namespace safargo::search
