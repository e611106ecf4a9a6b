#include "http/cors.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace safargo::http {
namespace {

using testing::HasSubstr;

Request from(std::string origin, Method method = Method::get) {
    Request request;
    request.method = method;
    request.headers.emplace_back("Origin", std::move(origin));
    return request;
}

TEST(Cors, OnlyListedOriginsMayRead) {
    const Cors cors({"https://safargo.com", "http://localhost:3001"});
    EXPECT_THAT(cors.lines(from("https://safargo.com")),
                HasSubstr("Access-Control-Allow-Origin: https://safargo.com\r\n"));
    EXPECT_THAT(cors.lines(from("http://localhost:3001")), HasSubstr("ETag, RateLimit-Limit"));
    for (const char* foreign : {"https://evil.example", "https://safargo.com.evil.example", "http://safargo.com",
                                "https://safargo.com:444", "null", "https://safargo.com\r\nX: y"}) {
        EXPECT_EQ(cors.lines(from(foreign)), "") << foreign;
    }
    EXPECT_EQ(cors.lines(Request{}), "");
    EXPECT_EQ(Cors({}).lines(from("https://safargo.com")), "");
}

TEST(Cors, APreflightListsThePathsMethods) {
    const Cors cors({"https://safargo.com"});
    Request ask = from("https://safargo.com", Method::options);
    EXPECT_FALSE(is_preflight(ask));
    ask.headers.emplace_back("Access-Control-Request-Method", "POST");
    EXPECT_TRUE(is_preflight(ask));
    const std::string lines = cors.preflight_lines(ask, "POST, OPTIONS");
    EXPECT_THAT(lines, HasSubstr("Access-Control-Allow-Methods: POST, OPTIONS\r\n"));
    EXPECT_THAT(lines, HasSubstr("Idempotency-Key"));
    EXPECT_EQ(cors.preflight_lines(from("https://evil.example", Method::options), "POST"), "");
}

TEST(Cors, AnInvalidOriginStopsTheStart) {
    for (const char* bad : {"*", "", "safargo.com", "https://", "https://safargo.com/", "https://*.safargo.com"}) {
        EXPECT_THROW(Cors({bad}), std::invalid_argument) << bad;
    }
}

}  // namespace
}  // namespace safargo::http
