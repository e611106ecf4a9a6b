// Trips over HTTP messages: preconditions, tags, keys, and read access.
#include "features/trips/routes_world_test.hpp"

namespace safargo::trips {
namespace {

using RoutesTest = RoutesWorld;

// The card is cached for all readers; the word for "member" is in each reader's language.
TEST_F(RoutesTest, ADriverWithoutANameIsAMemberInTheReadersLanguage) {
    testing::run(db.query(db::Statement{"test_unname", "update users set name = ''"}));
    ASSERT_EQ(post("/trips", trip_json(car, tomorrow)).status, 201);
    const TripId id = testing::run(trips.queries.list_mine(driver, {}))->items.at(0).id;
    post("/trips/" + id.str() + "/publish");
    for (const auto& [language, word] : std::initializer_list<std::pair<Language, std::string>>{
             {Language::fr, "Membre"}, {Language::ar, "عضو"}, {Language::en, "Member"}, {Language::fr, "Membre"}}) {
        http::Request request{.method = http::Method::get, .path = "/api/v1/trips/" + id.str()};
        request.context.language = language;
        http::Match match = router.match(request.method, request.path);
        request.params = std::move(match.params);
        const auto shown = testing::run(match.route->handler(request));
        EXPECT_NE(shown.body.find("\"name\":\"" + word + '"'), std::string::npos) << shown.body;
    }
}

TEST_F(RoutesTest, ALabelMustBePrintableAndContainNoContactDetails) {
    const auto refusal = [&](const std::string& label) {
        std::string body = trip_json(car, tomorrow);
        auto at = body.find("\"label\"");
        at = body.find('"', body.find(':', at)) + 1;
        body.replace(at, body.find('"', at) - at, label);
        return post("/trips", std::move(body)).body;
    };
    EXPECT_NE(refusal("\u200b\u2800").find(R"("field":"stops[0].label","code":"prints_nothing")"), std::string::npos);
    EXPECT_NE(refusal("Alger 0551 23 45 67").find(R"("code":"contact_details")"), std::string::npos);
    EXPECT_NE(refusal("Cité 1200 logements").find(R"("label":"Cité 1200 logements")"), std::string::npos);
}

TEST_F(RoutesTest, ATripIsCreatedPublishedAndRead) {
    const auto created = post("/trips", trip_json(car, tomorrow));
    EXPECT_EQ(created.status, 201);
    EXPECT_EQ(created.header("ETag"), api::etag_of(1, created.body));
    const TripId id = testing::run(trips.queries.list_mine(driver, {}))->items.at(0).id;
    const std::string path = "/trips/" + id.str();
    EXPECT_EQ(call(http::Method::get, path, std::nullopt).status, 404);
    EXPECT_EQ(post(path + "/publish").status, 200);
    const auto read = call(http::Method::get, path, std::nullopt);
    EXPECT_EQ(read.status, 200);
    EXPECT_EQ(read.header("ETag"), api::etag_of(2, read.body));
    EXPECT_NE(read.body.find(R"("plate":null)"), std::string::npos);
    EXPECT_EQ(call(http::Method::get, "/users/me/trips", driver).status, 200);
    EXPECT_EQ(post(path + "/start", "{}").status, 409);
    EXPECT_EQ(post(path + "/cancel", "{}").status, 200);
}

TEST_F(RoutesTest, AnEditNamesItsVersion) {
    const TripId id = draft(tomorrow).id;
    EXPECT_EQ(patch(id, {}).status, 428);
    EXPECT_EQ(patch(id, {{"If-Match", "\"7\""}}).status, 412);
    EXPECT_EQ(patch(id, {{"If-Match", "\"nonsense\""}}).status, 412);
    const auto edited = patch(id, {{"If-Match", "\"1\""}});
    EXPECT_EQ(edited.status, 200);
    EXPECT_EQ(edited.header("ETag"), api::etag_of(2, edited.body));
    EXPECT_EQ(call(http::Method::get, "/trips/" + id.str(), driver).header("ETag"), edited.header("ETag"))
        << "the response of the edit is what is read";
    EXPECT_EQ(patch(id, {{"If-Match", "\"1\""}}).status, 412);
    EXPECT_EQ(patch(id, {{"If-Match", "*"}}).status, 200);
}

TEST_F(RoutesTest, OneKeyMakesOneTrip) {
    const http::Headers key{{"Idempotency-Key", "k-1"}};
    const auto first = post("/trips", trip_json(car, tomorrow), key);
    const auto again = post("/trips", trip_json(car, tomorrow), key);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(testing::run(trips.queries.list_mine(driver, {}))->items.size(), 1U);
    EXPECT_EQ(post("/trips", trip_json(car, tomorrow + 1h), key).status, 422);
}

TEST_F(RoutesTest, ARefusalByAConstraintIsRememberedUnderItsKey) {
    offer(tomorrow);
    const http::Headers key{{"Idempotency-Key", "k-2"}};
    const std::string overlapping = trip_json(car, tomorrow + 1h, R"(, "publish": true)");
    const auto first = post("/trips", overlapping, key);
    EXPECT_EQ(first.status, 409);
    EXPECT_NE(first.body.find("overlapping_trip"), std::string::npos);
    const auto again = post("/trips", overlapping, key);
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
}

TEST_F(RoutesTest, OnlyReadingIsForEveryone) {
    const std::string path = "/trips/" + offer(tomorrow).id.str();
    EXPECT_EQ(call(http::Method::get, path, std::nullopt).status, 200);
    EXPECT_EQ(call(http::Method::get, "/trips/not-an-id", std::nullopt).status, 404);
    EXPECT_EQ(call(http::Method::get, path, add_user()).status, 401) << "an unknown token";
    EXPECT_EQ(call(http::Method::post, "/trips", std::nullopt, trip_json(car, tomorrow)).status, 401);
    EXPECT_EQ(call(http::Method::get, "/users/me/trips", std::nullopt).status, 401);
    for (const auto* action : {"publish", "start", "complete", "cancel"}) {
        EXPECT_EQ(call(http::Method::post, path + '/' + action, std::nullopt).status, 401) << action;
    }
}

}  // namespace
}  // namespace safargo::trips
