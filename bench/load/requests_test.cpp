#include "load/requests.hpp"

#include <gtest/gtest.h>

namespace safargo::load {
namespace {

Requests parsed(std::string_view lines) {
    auto requests = Requests::parse(lines, "127.0.0.1:3000");
    EXPECT_TRUE(requests) << requests.error();
    return std::move(*requests);
}

std::string refusal(std::string_view lines) {
    const auto requests = Requests::parse(lines, "host");
    return requests ? "(accepted)" : requests.error();
}

TEST(Requests, AreSerialisedWithWhatHttpNeeds) {
    const auto requests = parsed(R"({"method":"GET","path":"/a?b=c"}
{"method":"POST","path":"/p","headers":{"Authorization":"Bearer x"},"body":"{\"a\":1}"}

{"method":"POST","path":"/empty"}
{"method":"HEAD","path":"/h","headers":{"host":"other"}}
{"method":"PUT","path":"/t","headers":{"Content-Type":"text/plain"},"body":"é"})");
    ASSERT_EQ(requests.size(), 5U);
    EXPECT_EQ(requests[0].bytes, "GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n\r\n");
    EXPECT_EQ(requests[1].bytes,
              "POST /p HTTP/1.1\r\nAuthorization: Bearer x\r\nHost: 127.0.0.1:3000\r\n"
              "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
    EXPECT_EQ(requests[2].bytes, "POST /empty HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(requests[3].bytes, "HEAD /h HTTP/1.1\r\nhost: other\r\n\r\n");
    EXPECT_EQ(requests[4].bytes,
              "PUT /t HTTP/1.1\r\nContent-Type: text/plain\r\nHost: 127.0.0.1:3000\r\nContent-Length: 2\r\n\r\né");
    EXPECT_TRUE(requests[3].is_head);
    EXPECT_FALSE(requests[4].is_head);
    EXPECT_EQ(Requests::path_of(requests[0].bytes), "/a?b=c");
}

TEST(Requests, WithoutAnExpectationTheUsualStatusesAreGood) {
    const auto requests = parsed(R"({"method":"GET","path":"/"})");
    for (const int good : {200, 201, 204, 299, 304}) EXPECT_TRUE(requests[0].expected->contains(good)) << good;
    for (const int bad : {199, 300, 303, 305, 404, 500}) EXPECT_FALSE(requests[0].expected->contains(bad)) << bad;
}

TEST(Requests, AnExpectationReplacesTheUsualStatuses) {
    const auto requests = parsed(R"({"method":"GET","path":"/","expect":[200,404]}
{"method":"GET","path":"/other"}
{"method":"GET","path":"/again","expect":[200,404]})");
    EXPECT_TRUE(requests[0].expected->contains(404));
    EXPECT_FALSE(requests[0].expected->contains(201));
    EXPECT_TRUE(requests[1].expected->contains(201));
    EXPECT_EQ(requests[0].expected, requests[2].expected) << "equal ones are kept once";
}

TEST(Requests, ARefusalNamesLineAndField) {
    const std::string good = "{\"method\":\"GET\",\"path\":\"/\"}\n";
    EXPECT_EQ(refusal(good + "\n{\"path\":\"/\"}"), "3: method: is missing");
    EXPECT_EQ(refusal(R"({"method":"GET"})"), "1: path: is missing");
    EXPECT_EQ(refusal(R"({"method":"GET","path":"x"})"), "1: path: must begin with / and be percent-encoded");
    EXPECT_EQ(refusal(R"({"method":"GET","path":"/ x"})"), "1: path: must begin with / and be percent-encoded");
    EXPECT_EQ(refusal(R"({"method":"G T","path":"/"})"), "1: method: must be a method");
    EXPECT_EQ(refusal(R"({"method":"GET","path":"/","headers":{"A":"b\r\nC: d"}})"), "1: headers.A: must be a header");
    EXPECT_EQ(refusal(R"({"method":"GET","path":"/","headers":{"A":5}})"), "1: headers.A: must be a text");
    EXPECT_EQ(refusal(R"({"method":"GET","path":"/","headers":{"Content-Length":"5"}})"),
              "1: headers.Content-Length: is written by safargo-load itself");
    EXPECT_EQ(refusal(R"({"method":"GET","path":"/","body":{}})"), "1: body: must be a text");
    for (const auto* expect : {"200", "[]", "[\"200\"]", "[100]"}) {
        EXPECT_EQ(refusal(std::string(R"({"method":"GET","path":"/","expect":)") + expect + "}").substr(0, 24),
                  "1: expect: must be a lis");
    }
    EXPECT_EQ(refusal(R"({"method":"GET","path":"/","verb":1})"), "1: verb: there is no such field");
    EXPECT_EQ(refusal(good + "[]"), "2: must be a JSON object");
    EXPECT_EQ(refusal("\n \n"), "there is no request");
}

TEST(Requests, AFileThatIsNotThereIsNamed) {
    const auto requests = Requests::read("/nowhere/a.jsonl", "host");
    ASSERT_FALSE(requests);
    EXPECT_EQ(requests.error(), "/nowhere/a.jsonl: cannot be read");
}

}  // namespace
}  // namespace safargo::load
