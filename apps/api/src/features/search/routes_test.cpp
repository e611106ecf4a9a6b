// Search over HTTP messages: what may be asked, and the shape of the answer.
#include "features/search/routes.hpp"

#include "features/search/search_world_test.hpp"

#include <fmt/format.h>

namespace safargo::search {
namespace {

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

class NoLimits final : public RateLimiter {
public:
    Task<RateDecision> take_by(std::string_view, unsigned, std::chrono::seconds, Deadline) override {
        co_return RateDecision{};
    }
};

class SearchRoutes : public SearchWorld {
protected:
    SearchRoutes() { add_routes(endpoints, service); }
    http::Response get(const std::string& path, const std::string& query, const std::string& token = {}) {
        poll();
        http::Request request{.path = "/api/v1" + path, .query = query};
        if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
        const http::Match match = router.match(http::Method::get, request.path);
        if (match.kind != http::Match::Kind::found) throw std::logic_error("no such route: " + path);
        return testing::run(match.route->handler(request));
    }
    void expect_invalid(const std::string& path, const std::string& query, const std::string& field) {
        const auto answer = get(path, query);
        EXPECT_EQ(answer.status, 422) << query;
        EXPECT_NE(answer.body.find(R"("code":"validation_failed")"), std::string::npos) << query << answer.body;
        EXPECT_NE(answer.body.find("\"field\":\"" + field + '"'), std::string::npos) << query << answer.body;
    }

    KnownCallers authenticator;
    NoLimits limiter;
    api::Runtime runtime{database.db(), authenticator, limiter, clock};
    http::Router router;
    api::Endpoints endpoints{router, runtime};
    api::CursorSigner cursors{"a secret of at least thirty-two bytes"};
    SearchService service{database.db(), index, drivers, cursors, clock};
};

const std::string way = "from=36.7538,3.0588&to=35.6971,-0.6308";

TEST_F(SearchRoutes, AnItemHasTheFieldsThatClientsRelyOn) {
    const auto trip = offer(by_way_of_chlef(3, 2));
    const auto answer = get("/trips/search", way + "&date=2026-12-02&seats=1");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body,
              fmt::format(R"({{"items":[{{"trip_id":"{}","match":"stops",)"
                          R"("from":{{"stop":0,"lat":36.7538,"lng":3.0588,"label":"at 36.7538",)"
                          R"("at":"2026-12-02T08:00:00Z","distance_m":0}},)"
                          R"("to":{{"stop":2,"lat":35.6971,"lng":-0.6308,"label":"at 35.6971",)"
                          R"("at":"2026-12-02T13:00:00Z","distance_m":0}},)"
                          R"("price":1500,"currency":"DZD","seats_left":2,"detour_m":0,"detour_s":0,"instant":false,)"
                          R"("driver":{{"id":"{}","name":"Ahmed B.","rating":null,"reviews":0,"verified":false,)"
                          R"("response_time_s":null,"photo":null}},)"
                          R"("departure_at":"2026-12-02T08:00:00Z","arrival_at":"2026-12-02T13:00:00Z",)"
                          R"("duration_s":18000,"score":0.7599,"why":["nearby"]}}],"total":1,"next_cursor":null}})",
                          trip.id.str(), trip.driver.str()));
}

TEST_F(SearchRoutes, NothingFoundIsAnEmptyList) {
    const auto searched = get("/trips/search", way);
    EXPECT_EQ(searched.status, 200);
    EXPECT_EQ(searched.body, R"({"items":[],"total":0,"next_cursor":null})");
    const auto near = get("/trips", "near=36.7372,3.0869&radiusKm=50&date=2026-12-02&seats=1");
    EXPECT_EQ(near.status, 200);
    EXPECT_EQ(near.body, R"({"trips":[]})");
}

TEST_F(SearchRoutes, OlderClientsSearchNearAPoint) {
    const TripId trip = offer();
    const auto near = get("/trips", "near=36.7372,3.0869&radiusKm=50&date=2026-12-02&seats=1");
    EXPECT_EQ(near.status, 200);
    EXPECT_TRUE(near.body.starts_with(R"({"trips":[{"trip_id":")" + trip.str()));
}

TEST_F(SearchRoutes, InvalidParametersAreNamed) {
    const std::string path = "/trips/search";
    expect_invalid(path, "to=35.6971,-0.6308", "from");
    expect_invalid(path, "from=36.7538,3.0588", "to");
    expect_invalid(path, "from=91,3&to=35,0", "from");
    expect_invalid(path, "from=36.7538&to=35,0", "from");
    expect_invalid(path, "from=36,3&to=nan,0", "to");
    expect_invalid(path, "from=36,3&to=35,181", "to");
    for (const auto* broken :
         {"date=2026-02-30", "date=tomorrow",  "seats=0",        "seats=9",      "seats=one",     "radius_km=0",
          "radius_km=101",   "flex_days=-1",   "flex_days=8",    "sort=best",    "price_max=-1x", "hour_from=24",
          "hour_to=0",       "hour_to=25",     "instant=maybe",  "talk=loud",    "luggage=huge",  "min_rating=0",
          "min_rating=0.9",  "min_rating=5.1", "min_rating=4,5", "min_rating=6", "place_id=7",    "limit=0",
          "limit=101",       "colour=red",     "near=36,3"}) {
        expect_invalid(path, way + '&' + broken, std::string(broken).substr(0, std::string_view(broken).find('=')));
    }
    for (const auto* hour : {"1", "8", "23"}) {
        const auto refused = get(path, way + "&hour_from=" + hour + "&hour_to=" + hour);
        EXPECT_EQ(refused.status, 422) << hour;
        EXPECT_NE(refused.body.find(R"("field":"hour_to","code":"empty_range")"), std::string::npos) << refused.body;
    }
    EXPECT_EQ(get(path, way + "&hour_from=0&hour_to=24").status, 200);
    EXPECT_EQ(get(path, way + "&hour_from=9&hour_to=8").status, 200) << "over midnight";
    expect_invalid("/trips", "radiusKm=50", "near");
    expect_invalid("/trips", "near=36,3&radiusKm=101", "radiusKm");
    expect_invalid("/trips", "near=36,3&radius_km=10", "radius_km");
    expect_invalid("/trips", "near=36,3&seats=9", "seats");
}

TEST_F(SearchRoutes, AllFiltersMayBeCombined) {
    const auto answer =
        get("/trips/search", way +
                                 "&date=2026-12-02&seats=8&radius_km=100&flex_days=7&sort=duration&price_max=0&"
                                 "hour_from=23&hour_to=24&instant=true&verified=false&women_only=true&smoking=true&"
                                 "pets=false&music=true&max_two_back=true&talk=quiet&luggage=large&min_rating=5&"
                                 "place_id=01936d3e-7c00-7000-8000-000000000001&limit=100");
    EXPECT_EQ(answer.status, 200) << answer.body;
}

TEST_F(SearchRoutes, ABadCursorIsAMalformedRequest) {
    for (int k = 0; k < 3; ++k) offer();
    const std::string first = get("/trips/search", way + "&limit=2").body;
    const std::string key = R"("next_cursor":")";
    const std::size_t begin = first.find(key) + key.size();
    const std::string cursor = first.substr(begin, first.find('"', begin) - begin);
    EXPECT_EQ(get("/trips/search", way + "&limit=2&cursor=" + cursor).status, 200);
    for (const auto& query : {way + "&seats=2&cursor=" + cursor, way + "&cursor=A" + cursor, way + "&cursor=x"}) {
        const auto answer = get("/trips/search", query);
        EXPECT_EQ(answer.status, 400) << query;
        EXPECT_NE(answer.body.find(R"("code":"malformed_request")"), std::string::npos);
        EXPECT_NE(answer.body.find(R"("field":"cursor")"), std::string::npos);
    }
    expect_invalid("/trips/search", way + "&cursor=" + std::string(513, 'A'), "cursor");
    expect_invalid("/trips/search", way + "&cursor=", "cursor");
}

TEST_F(SearchRoutes, SearchIsForEveryoneButABadTokenIsNot) {
    auto trip = ride();
    trip.preferences.women_only = true;
    offer(trip);
    const UserId woman = add_user("user", "female");
    authenticator.callers.emplace(woman.str(), Caller{.id = woman, .session = {}});
    EXPECT_EQ(get("/trips/search", way, "nobody").status, 401);
    EXPECT_EQ(get("/trips", "near=36,3", "nobody").status, 401);
    EXPECT_EQ(get("/trips/search", way).body, R"({"items":[],"total":0,"next_cursor":null})");
    EXPECT_NE(get("/trips/search", way, woman.str()).body.find(trip.id.str()), std::string::npos);
}

}  // namespace
}  // namespace safargo::search
