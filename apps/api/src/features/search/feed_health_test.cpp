#include "features/search/feed_health.hpp"

#include <gtest/gtest.h>

namespace safargo::search {
namespace {

using platform::Health;

platform::HealthFinding find(const FeedStatus& feed) {
    return health_check([feed] { return feed; }).now();
}

TEST(FeedHealth, IsDegradedWhileTheIndexLoadsOrLags) {
    const auto fresh = find({.loaded = true, .trips = 2000, .lag_ms = 5'000});
    EXPECT_EQ(fresh.shown, R"({"status":"ok","trips":2000,"lag_ms":5000})");
    EXPECT_EQ(fresh.health, Health::ok);
    EXPECT_TRUE(fresh.serves);

    const auto stale = find({.loaded = true, .trips = 2000, .lag_ms = 5'001});
    EXPECT_EQ(stale.shown, R"({"status":"stale","trips":2000,"lag_ms":5001})");
    EXPECT_EQ(stale.health, Health::degraded);
    EXPECT_TRUE(stale.serves) << "an old answer is better than none";

    const auto loading = find({.loaded = false});
    EXPECT_EQ(loading.shown, R"({"status":"loading","trips":0,"lag_ms":0})");
    EXPECT_EQ(loading.health, Health::degraded);
    EXPECT_FALSE(loading.serves);
}

}  // namespace
}  // namespace safargo::search
