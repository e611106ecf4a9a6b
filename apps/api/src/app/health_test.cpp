#include "app/health.hpp"

#include "features/search/feed_health.hpp"
#include "testing/tcp_proxy.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::app {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using testing::run;

class HealthTest : public ::testing::Test {
protected:
    HealthTest() {
        add_health_routes(router_, monitor, readiness, [](http::Handler) { return refuse; });
        add_health_routes(open_, monitor, readiness, [](http::Handler handler) { return handler; });
    }

    static Task<http::Response> refuse(http::Request&) { co_return http::Response{.status = 401}; }

    http::Response ask(const std::string& path) {
        http::Request request;
        request.method = http::Method::get;
        request.path = path;
        return run(route(path).handler(request));
    }
    const http::Route& route(const std::string& path) { return *open_.match(http::Method::get, path).route; }
    // Behind a gate that refuses every request.
    int guarded(const std::string& path) {
        http::Request request;
        return run(router_.match(http::Method::get, path).route->handler(request)).status;
    }
    std::string status() {
        const std::string report = monitor.report();
        constexpr std::string_view begin = R"({"status":")";
        return report.substr(begin.size(), report.find('"', begin.size()) - begin.size());
    }

    // Watches until `done`, as the search thread does all its life.
    void watch_until(std::function<bool()> done, db::Database& watched) {
        std::atomic<bool> stopping = false;
        std::vector<Task<void>> both;
        both.push_back(watch.run(watched, stopping));
        both.push_back(stop_when(std::move(done), stopping));
        testing::run_all(std::move(both));
    }
    Task<void> stop_when(std::function<bool()> done, std::atomic<bool>& stopping) {
        while (!done()) co_await database.db().ping();
        stopping = true;
    }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    search::FeedStatus feed{.loaded = true, .trips = 2000, .lag_ms = 3};
    DatabaseWatch watch;
    HealthMonitor monitor{
        "1.2.3", {watch.health_check(), platform::disabled("redis"), search::health_check([this] { return feed; })}};
    http::Readiness readiness;

private:
    http::Router router_, open_;
};

TEST_F(HealthTest, HasTheShapeThatClientsRelyOn) {
    watch_until([this] { return monitor.serves(); }, database.db());
    const http::Response answer = ask("/api/v1/health");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.content_type, "application/json");
    EXPECT_THAT(answer.body,
                MatchesRegex(R"(\{"status":"ok","version":"1\.2\.3","uptime_s":[0-9]+,"checks":\{"database":)"
                             R"(\{"status":"ok","latency_ms":[0-9.e-]+\},"redis":\{"status":"disabled",)"
                             R"("latency_ms":null\},"search_index":\{"status":"ok","trips":2000,"lag_ms":3\}\}\})"));
}

TEST_F(HealthTest, IsDownUntilTheDatabaseHasAnswered) {
    EXPECT_EQ(status(), "down");
    EXPECT_THAT(ask("/api/v1/health").body, HasSubstr(R"("database":{"status":"down","latency_ms":null})"));
    EXPECT_EQ(ask("/api/v1/health").status, 200) << "an orchestrator must not kill it for this";
    watch_until([this] { return monitor.serves(); }, database.db());
    EXPECT_EQ(status(), "ok");
}

TEST_F(HealthTest, IsDegradedWhileTheIndexLoadsOrLags) {
    watch_until([this] { return monitor.serves(); }, database.db());
    feed.lag_ms = 5'000;
    EXPECT_EQ(status(), "ok");
    feed.lag_ms = 5'001;
    EXPECT_EQ(status(), "degraded");
    EXPECT_THAT(monitor.report(), HasSubstr(R"("search_index":{"status":"stale","trips":2000,"lag_ms":5001})"));
    EXPECT_TRUE(monitor.serves()) << "an old answer is better than none";
    feed.loaded = false;
    EXPECT_EQ(status(), "degraded");
    EXPECT_THAT(monitor.report(), HasSubstr(R"("search_index":{"status":"loading")"));
    EXPECT_FALSE(monitor.serves());
}

TEST_F(HealthTest, FollowsTheDatabaseDownAndUp) {
    const testing::ServerAddress server = testing::server_address();
    testing::TcpProxy network(server.host, server.port);
    db::Options options = database.options();
    options.url = testing::url_at(network.port(), database.name());
    db::Database watched(testing::shared_context()->get_executor(), options);
    watch_until([this] { return status() == "ok"; }, watched);
    network.cut();
    watch_until([this] { return status() == "down"; }, watched);
    readiness.set_ready();
    EXPECT_EQ(ask("/health/ready").status, 503);
    EXPECT_EQ(ask("/health/live").status, 200);
    network.resume();
    watch_until([this] { return status() == "ok"; }, watched);
    EXPECT_EQ(ask("/health/ready").status, 200);
}

TEST_F(HealthTest, ShowsEveryDeclaredCheck) {
    const platform::HealthCheck vendor{
        "vendor",
        [] { return platform::HealthFinding{.shown = R"({"status":"slow"})", .health = platform::Health::degraded}; }};
    const HealthMonitor others("1.2.3", {search::health_check([this] { return feed; }), vendor});
    EXPECT_THAT(others.report(), HasSubstr(R"(},"vendor":{"status":"slow"}}})"));
    EXPECT_THAT(others.report(), ::testing::StartsWith(R"({"status":"degraded")"));
    EXPECT_TRUE(others.serves());
}

TEST_F(HealthTest, OnlyTheApiRouteIsBehindTheGate) {
    readiness.set_ready();
    EXPECT_EQ(guarded("/api/v1/health"), 401);
    EXPECT_EQ(guarded("/health/live"), 200) << "orchestrators send no token";
    EXPECT_EQ(guarded("/health/ready"), 503) << "because of the database, not a missing token";
}

// The pool's callback throws an error of unknown type.
TEST_F(HealthTest, KeepsWatchingAfterAnUnknownError) {
    db::Options options = database.options();
    int surprises = 0;
    bool broken = false;
    options.on_pool = [&](const db::PoolStatus& now) {
        if (!broken || now.idle > 0 || now.active == 0) return;
        if (++surprises % 2 == 0) throw 42;
        throw std::runtime_error("unheard of");
    };
    db::Database watched(testing::shared_context()->get_executor(), options);
    watch_until([this] { return status() == "ok"; }, watched);
    broken = true;
    watch_until([&] { return surprises >= 2; }, watched);
    EXPECT_EQ(status(), "down");
    broken = false;
    watch_until([this] { return status() == "ok"; }, watched);
}

TEST_F(HealthTest, IsReadyOnlyBetweenStartingAndDraining) {
    watch_until([this] { return monitor.serves(); }, database.db());
    const http::Response starting = ask("/health/ready");
    EXPECT_EQ(starting.status, 503);
    EXPECT_EQ(starting.header("retry-after"), "1");
    EXPECT_THAT(starting.body, HasSubstr(R"("code":"dependency_unavailable")"));
    readiness.set_ready();
    EXPECT_EQ(ask("/health/ready").status, 200);
    EXPECT_EQ(ask("/health/ready").body, R"({"status":"ready"})");
    feed.loaded = false;
    EXPECT_EQ(ask("/health/ready").status, 503) << "an empty index would find no trips";
    feed.loaded = true;
    readiness.set_draining();
    EXPECT_EQ(ask("/health/ready").status, 503);
    EXPECT_EQ(ask("/health/live").status, 200);
}

TEST_F(HealthTest, IsExemptFromRateLimits) {
    for (const char* path : {"/api/v1/health", "/health/live", "/health/ready"}) {
        EXPECT_FALSE(route(path).rate_limited) << path;
    }
}

}  // namespace
}  // namespace safargo::app
