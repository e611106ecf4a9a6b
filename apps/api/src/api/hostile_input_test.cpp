// Any input to any parser gets a short response.
#include "api/notebook_world_test.hpp"

#include <gtest/gtest.h>

namespace safargo::api {
namespace {

using http::Method;
using testing::Ask;
using testing::NotebookServer;

class HostileInputTest : public ::testing::Test {
protected:
    void expect_short(Ask ask, std::string_view what) {
        const http::Response answer = server.ask(std::move(ask));
        EXPECT_GE(answer.status, 400) << what;
        EXPECT_LT(answer.status, 500) << what;
        std::size_t size = answer.body.size();
        for (const auto& [name, value] : answer.headers) size += name.size() + value.size();
        EXPECT_LT(size, 16'000U) << what;
        EXPECT_TRUE(is_valid_utf8(answer.body)) << what;
    }
    NotebookServer server;
};

std::string repeated(std::size_t times, std::string_view text) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

TEST_F(HostileInputTest, InABody) {
    const std::string key(250, 'k');
    const std::string inner = "[" + repeated(900, R"({"a":1,"a":2,"a":3,"a":4,"a":5,"a":6},)") + "0]";
    const std::string nested = repeated(14, "{\"" + key + "\":") + inner + repeated(14, "}");
    std::string unknown = "{", control = "{";
    for (int i = 0; i < 150; ++i) {
        unknown += "\"" + repeated(50, "😀") + std::to_string(i) + "\":1,";
        control += "\"" + repeated(80, "\\u0001") + std::to_string(i) + "\":1,";
    }
    for (const std::string& body :
         {nested, unknown + "\"x\":1}", control + "\"x\":1}", "{\"text\":\"" + repeated(60'000, "x") + "\"}",
          repeated(60'000, "["), "{\"" + repeated(60'000, "k") + "\":1}", repeated(60'000, "\xff")}) {
        expect_short(NotebookServer::writing(body), body.substr(0, 20));
        expect_short(NotebookServer::writing(body, "key"), body.substr(0, 20));
        Ask action{.method = Method::post, .path = "/notes/1/archive", .body = body, .token = "user"};
        action.headers = {{"Content-Type", "application/json"}, {"Idempotency-Key", "k"}};
        expect_short(std::move(action), body.substr(0, 20));
    }
}

TEST_F(HostileInputTest, InAQueryOrAPath) {
    std::string many;
    for (int i = 0; i < 60; ++i) many += repeated(100, "p") + std::to_string(i) + "=1&";
    for (const std::string& query :
         {many, repeated(8'000, "q"), repeated(4'000, "q") + "=1&" + repeated(4'000, "q") + "=2",
          repeated(2'000, "%C3%A9") + "=%", "limit=" + repeated(8'000, "9"), "containing=" + repeated(8'000, "c")}) {
        expect_short({.path = "/notes", .query = query}, query.substr(0, 20));
    }
    expect_short({.path = "/notes/" + repeated(8'000, "7")}, "path");
}

TEST_F(HostileInputTest, InAHeader) {
    const std::string text = repeated(5'000, "\"x\",");
    for (const char* header : {"If-Match", "Idempotency-Key", "Content-Type", "Authorization", "If-None-Match"}) {
        Ask edit{.method = Method::patch, .path = "/notes/1", .body = "{}", .headers = {{header, text}}};
        expect_short(std::move(edit), header);
        Ask write = NotebookServer::writing(R"({"text":""})");
        write.headers.insert(write.headers.begin(), {header, text});
        expect_short(std::move(write), header);
    }
}

}  // namespace
}  // namespace safargo::api
