#include "load/requests.hpp"

#include "load/plan.hpp"

#include <gtest/gtest.h>

namespace safargo::load {
namespace {

TEST(Requests, AreTheBytesOfTheirLines) {
    const auto requests = Requests::parse(R"({"bytes":"GET /a?b=c HTTP/1.1\r\n\r\n","expect":0}
{"bytes":"POST /p HTTP/1.1\r\nContent-Length: 2\r\n\r\né","expect":201})");
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(requests[0].bytes, "GET /a?b=c HTTP/1.1\r\n\r\n");
    EXPECT_EQ(requests[0].path(), "/a?b=c");
    EXPECT_EQ(requests[1].bytes, "POST /p HTTP/1.1\r\nContent-Length: 2\r\n\r\né");
    EXPECT_TRUE(requests[1].expects(201));
    EXPECT_FALSE(requests[1].expects(200));
    for (const int good : {200, 201, 204, 299, 304}) EXPECT_TRUE(requests[0].expects(good)) << good;
    for (const int bad : {199, 300, 303, 305, 404, 500}) EXPECT_FALSE(requests[0].expects(bad)) << bad;
}

TEST(Requests, ARefusalNamesTheLine) {
    const auto refusal = [](std::string_view lines) -> std::string {
        try {
            Requests::parse(lines);
            return "(accepted)";
        } catch (const BadPlan& wrong) {
            return wrong.what();
        }
    };
    EXPECT_EQ(refusal("{\"bytes\":\"x\",\"expect\":0}\n{\"expect\":0}"), "line 2: bytes: is missing");
    EXPECT_EQ(refusal("[]"), "line 1: must be a JSON object");
    EXPECT_EQ(refusal(""), "there is no request");
}

}  // namespace
}  // namespace safargo::load
