// For the tests of this folder: trips over HTTP messages.
#pragma once

#include "adapters/local/rate_limiter.hpp"
#include "features/trips/routes.hpp"
#include "features/trips/trip_world_test.hpp"

#include <map>

namespace safargo::trips {

// The token is the caller's id.
class KnownCallers final : public api::Authenticator {
public:
    Task<Result<Caller>> authenticate(std::string token) override {
        const auto found = callers.find(token);
        if (found == callers.end()) co_return fail(Code::unauthenticated);
        co_return found->second;
    }
    std::map<std::string, Caller> callers;
};

class RoutesWorld : public TripWorld {
protected:
    RoutesWorld() {
        add_routes(endpoints, trips.editing, trips.lifecycle, trips.queries);
        known.callers.emplace(driver.id.str(), driver);
    }
    http::Response call(http::Method method, const std::string& path, std::optional<Caller> caller,
                        std::string body = {}, http::Headers headers = {}) {
        http::Request request{.method = method, .path = "/api/v1" + path, .headers = std::move(headers)};
        if (caller) request.headers.emplace_back("Authorization", "Bearer " + caller->id.str());
        if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
        request.body = std::move(body);
        http::Match match = router.match(method, request.path);
        if (match.kind != http::Match::Kind::found) throw std::logic_error("no such route: " + path);
        request.params = std::move(match.params);
        return testing::run(match.route->handler(request));
    }
    http::Response post(const std::string& path, std::string body = {}, http::Headers headers = {}) {
        return call(http::Method::post, path, driver, std::move(body), std::move(headers));
    }
    http::Response patch(TripId id, http::Headers headers) {
        return call(http::Method::patch, "/trips/" + id.str(), driver, R"({"note": "n"})", std::move(headers));
    }

    KnownCallers known;
    local::InProcessRateLimiter limiter{clock};
    api::Runtime runtime{db, known, limiter, clock};
    http::Router router;
    api::Endpoints endpoints{router, runtime};
};

}  // namespace safargo::trips
