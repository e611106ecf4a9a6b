#include "features/geo/routes.hpp"

#include "geo/polyline.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::geo_routes {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Nobody final : public api::Authenticator {
public:
    Task<Result<Caller>> authenticate(std::string) override { co_return fail(Code::unauthenticated); }
};

class NoLimit final : public RateLimiter {
public:
    Task<RateDecision> take_by(std::string_view, unsigned limit, std::chrono::seconds, Deadline) override {
        co_return RateDecision{.allowed = true, .limit = limit, .remaining = limit};
    }
};

const geo::Gazetteer& algeria() {
    static const geo::Gazetteer gazetteer = geo::Gazetteer::load(SAFARGO_DATA_DIR);
    return gazetteer;
}

const geo::RoadGraph& roads() {
    static const geo::RoadGraph graph = geo::RoadGraph::load(SAFARGO_DATA_DIR);
    return graph;
}

class GeoRoutesTest : public ::testing::Test {
protected:
    GeoRoutesTest() { add_routes(endpoints_, service_); }

    http::Response get(const std::string& path, const std::string& query = "", Language language = Language::fr) {
        http::Request request;
        request.method = http::Method::get;
        request.path = "/api/v1" + path;
        request.query = query;
        request.context.language = language;
        return testing::run(router_.match(request.method, request.path).route->handler(request));
    }

    testing::TestDatabase database_;
    FakeClock clock_{parse_instant("2026-12-31T22:59:59Z").value()};

private:
    Nobody nobody_;
    NoLimit no_limit_;
    api::Runtime runtime_{database_.db(), nobody_, no_limit_, clock_};
    http::Router router_;
    api::Endpoints endpoints_{router_, runtime_};
    GeoService service_{database_.db(), algeria(), roads(), clock_};
};

TEST_F(GeoRoutesTest, SuggestsInTheCallersLanguage) {
    const http::Response french = get("/geo/suggest", "q=Bgayet&limit=1");
    EXPECT_EQ(french.status, 200);
    EXPECT_THAT(french.body, HasSubstr(R"("kind":"wilaya","code":"6","name":"Béjaïa","other_name":"بجاية",)"
                                       R"("wilaya":{"code":6,"name":"Béjaïa"},"lat":36.7)"));
    const http::Response arabic = get("/geo/suggest", "q=Wahran&limit=1", Language::ar);
    EXPECT_THAT(arabic.body, HasSubstr(R"("name":"وهران","other_name":"Oran","wilaya":{"code":31,"name":"وهران"})"));
    const http::Response english =
        get("/geo/suggest", "q=%D8%A7%D9%84%D8%AC%D8%B2%D8%A7%D8%A6%D8%B1&limit=1", Language::en);
    EXPECT_THAT(english.body, HasSubstr(R"("name":"Algiers")"));
}

TEST_F(GeoRoutesTest, SuggestsSightsAndNothingForNonsense) {
    EXPECT_THAT(get("/geo/suggest", "q=timgad").body, HasSubstr(R"("kind":"place","code":"timgad")"));
    EXPECT_EQ(get("/geo/suggest", "q=987654").body, R"({"items":[]})");
    EXPECT_EQ(get("/geo/suggest", "q=%3F%3F").body, R"({"items":[]})");
}

TEST_F(GeoRoutesTest, RefusesBadQueries) {
    for (const char* query : {"", "q=", "q=%20", "q=oran&limit=0", "q=oran&limit=21", "q=oran&limit=x", "q=oran&more=1",
                              "q=oran&q=alger"}) {
        EXPECT_EQ(get("/geo/suggest", query).status, 422) << query;
    }
    EXPECT_EQ(get("/geo/suggest", "q=" + std::string(101, 'a')).status, 422);
    EXPECT_EQ(get("/geo/suggest", "q=%ff").status, 400);
    for (const char* query : {"", "from=36.7,3.05", "to=36.7,3.05", "from=36.7&to=35.7,-0.6", "from=91,0&to=35.7,-0.6",
                              "from=36.7,3.05&to=35.7,181", "from=36.7,3.05&to=35.7,-0.6&fuel=wood",
                              "from=36.7,3.05&to=35.7,-0.6&via=1,1"}) {
        EXPECT_EQ(get("/geo/route", query).status, 422) << query;
    }
    EXPECT_THAT(get("/geo/route", "from=36.7,3.05").body, HasSubstr(R"("field":"to","code":"required")"));
    EXPECT_EQ(get("/geo/wilayas", "day=2026-01-01").status, 200);
}

TEST_F(GeoRoutesTest, TheRouteFollowsTheGraphAndTheFareThePolicy) {
    const geo::Route route = roads().route({36.7538, 3.0588}, {35.6971, -0.6308});
    const http::Response answer = get("/geo/route", "from=36.7538,3.0588&to=35.6971,-0.6308");
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, HasSubstr("\"distance_m\":" + std::to_string(route.distance_m) + ","));
    EXPECT_THAT(answer.body, HasSubstr("\"duration_s\":" + std::to_string(route.duration_s) + ","));
    const Dinars recommended = geo::fare_for(route.distance_m, 3'500), cap = geo::fare_for(route.distance_m, 4'500);
    EXPECT_THAT(answer.body, HasSubstr(R"("fare":{"recommended":)" + std::to_string(recommended.amount) + R"(,"cap":)" +
                                       std::to_string(cap.amount) + R"(,"currency":"DZD"})"));
}

TEST_F(GeoRoutesTest, FareFollowsFuelAndDay) {
    database_.execute(
        "insert into fare_policies values ('lpg', '2027-01-01', 200, 300), ('lpg', '2027-06-01', 900, 900)");
    const std::string question = "from=36.7538,3.0588&to=36.4736,2.8274&fuel=";
    const http::Response before = get("/geo/route", question + "lpg");
    EXPECT_EQ(before.body, get("/geo/route", question + "petrol").body);
    clock_.advance(std::chrono::seconds{1});  // midnight in Algiers
    const std::int64_t metres = roads().route({36.7538, 3.0588}, {36.4736, 2.8274}).distance_m;
    EXPECT_THAT(get("/geo/route", question + "lpg").body,
                HasSubstr(R"("recommended":)" + std::to_string(geo::fare_for(metres, 2'000).amount) + ","));
    EXPECT_EQ(get("/geo/route", question + "diesel").body, before.body);
}

TEST_F(GeoRoutesTest, WithoutAPolicyTheBuiltInRateApplies) {
    const std::string question = "from=36.7538,3.0588&to=36.4736,2.8274";
    const http::Response with = get("/geo/route", question);
    database_.execute("delete from fare_policies");
    EXPECT_EQ(get("/geo/route", question).body, with.body);
}

TEST_F(GeoRoutesTest, YoungWilayasHavePowersFromTheNewYearInAlgiers) {
    const http::Response before = get("/geo/wilayas");
    EXPECT_EQ(before.status, 200);
    EXPECT_THAT(before.body, HasSubstr(R"("powers_from":"2027-01-01","has_powers":false)"));
    EXPECT_THAT(before.body, HasSubstr(R"("mother_code":null,"powers_from":null,"has_powers":true)"));
    clock_.advance(std::chrono::seconds{1});
    const http::Response after = get("/geo/wilayas");
    EXPECT_THAT(after.body, HasSubstr(R"("powers_from":"2027-01-01","has_powers":true)"));
    EXPECT_THAT(after.body, Not(HasSubstr("false")));
}

TEST_F(GeoRoutesTest, WilayasAreNamedInThreeLanguages) {
    EXPECT_THAT(get("/geo/wilayas", "", Language::ar).body,
                HasSubstr(R"("code":31,"name":"وهران","names":{"fr":"Oran","ar":"وهران","en":"Oran"})"));
    EXPECT_THAT(get("/geo/wilayas", "", Language::en).body, HasSubstr(R"("code":16,"name":"Algiers")"));
    EXPECT_THAT(get("/geo/wilayas").body, HasSubstr(R"("code":69,)"));
}

}  // namespace
}  // namespace safargo::geo_routes
