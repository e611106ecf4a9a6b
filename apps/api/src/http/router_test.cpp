#include "http/router.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace safargo::http {
namespace {

Task<Response> nothing(Request&) {
    co_return Response{};
}

void add(Router& router, Method method, std::string pattern) {
    router.add({.method = method, .pattern = std::move(pattern), .handler = nothing});
}

Router trips() {
    Router router;
    add(router, Method::get, "/");
    add(router, Method::get, "/trips");
    add(router, Method::post, "/trips");
    add(router, Method::get, "/trips/{id}");
    add(router, Method::patch, "/trips/{trip}");
    add(router, Method::get, "/trips/search");
    add(router, Method::get, "/trips/{id}/bookings");
    add(router, Method::post, "/trips/{id}/bookings/{booking_id}/accept");
    return router;
}

std::string pattern_of(const Router& router, Method method, std::string_view path) {
    const Match match = router.match(method, path);
    return match.kind == Match::Kind::found ? match.route->pattern : "";
}

TEST(Router, LiteralsTakePrecedenceOverParameters) {
    const Router router = trips();
    EXPECT_EQ(pattern_of(router, Method::get, "/trips/search"), "/trips/search");
    EXPECT_EQ(pattern_of(router, Method::get, "/trips/searches"), "/trips/{id}");
    EXPECT_EQ(pattern_of(router, Method::get, "/trips/search/bookings"), "/trips/{id}/bookings");
    EXPECT_EQ(pattern_of(router, Method::get, "/"), "/");
}

TEST(Router, ParametersAreDecodedAndNamedByTheirRoute) {
    const Router router = trips();
    const Match accept = router.match(Method::post, "/trips/a%20b/bookings/%C3%A9/accept");
    ASSERT_EQ(accept.kind, Match::Kind::found);
    EXPECT_EQ(accept.params["id"], "a b");
    EXPECT_EQ(accept.params["booking_id"], "é");
    EXPECT_THROW(static_cast<void>(accept.params["trip"]), std::out_of_range);
    EXPECT_EQ(router.match(Method::patch, "/trips/7").params["trip"], "7");
    EXPECT_EQ(router.match(Method::get, "/tr%69ps/7").params["id"], "7");
    EXPECT_TRUE(router.match(Method::get, "/trips/search").params.all().empty());
}

TEST(Router, UndecodablePathsAreMalformed) {
    const Router router = trips();
    for (const char* bad : {"/trips/%", "/trips/%zz", "/trips/a%2Fb", "/trips/%00", "/trips/%0a", "/trips/%7F",
                            "/trips/%ff", "/trips/%C3", "/trips/%ED%A0%80", "/x/%2f"}) {
        EXPECT_EQ(router.match(Method::get, bad).kind, Match::Kind::malformed) << bad;
    }
}

TEST(Router, UnknownPathsAreNotFound) {
    const Router router = trips();
    for (const char* path : {"", "trips", "/trip", "/trips/", "/trips//bookings", "/trips/1/", "//", "/trips/1/2/3"}) {
        EXPECT_EQ(router.match(Method::get, path).kind, Match::Kind::not_found) << path;
    }
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "/a";
    EXPECT_EQ(router.match(Method::get, deep).kind, Match::Kind::not_found);
}

TEST(Router, AKnownPathListsItsMethods) {
    const Router router = trips();
    const Match match = router.match(Method::delete_, "/trips");
    EXPECT_EQ(match.kind, Match::Kind::method_not_allowed);
    EXPECT_EQ(match.allow, "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(router.match(Method::options, "/trips/search").allow, "GET, HEAD, OPTIONS");
    EXPECT_EQ(router.match(Method::put, "/trips/1").allow, "GET, HEAD, PATCH, OPTIONS");
}

TEST(Router, HeadFindsTheGetRoute) {
    Router router = trips();
    EXPECT_EQ(pattern_of(router, Method::head, "/trips"), "/trips");
    EXPECT_EQ(router.match(Method::head, "/trips/1/bookings/2/accept").kind, Match::Kind::method_not_allowed);
    add(router, Method::head, "/trips");
    EXPECT_EQ(router.match(Method::head, "/trips").route->method, Method::head);
}

TEST(Router, DuplicatesAndBadPatternsThrow) {
    Router router = trips();
    EXPECT_THROW(add(router, Method::get, "/trips"), std::logic_error);
    EXPECT_THROW(add(router, Method::get, "/trips/{other_name}"), std::logic_error);
    EXPECT_THROW(add(router, Method::get, "no-slash"), std::logic_error);
    EXPECT_THROW(router.add({.pattern = "/no-handler"}), std::logic_error);
    EXPECT_NO_THROW(add(router, Method::put, "/trips/{other_name}"));
}

TEST(Router, RoutesKeepTheirIndexAndAddress) {
    Router router;
    add(router, Method::get, "/a");
    const Route* first = router.match(Method::get, "/a").route;
    for (int i = 0; i < 100; ++i) add(router, Method::get, "/b" + std::to_string(i));
    Router moved = std::move(router);
    EXPECT_EQ(moved.match(Method::get, "/a").route, first);
    EXPECT_EQ(moved.match(Method::get, "/b41").index, 42U);
    EXPECT_EQ(moved[42].pattern, "/b41");
    EXPECT_EQ(moved.size(), 101U);
}

}  // namespace
}  // namespace safargo::http
