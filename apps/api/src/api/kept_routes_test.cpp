// Routes whose answers are kept for everyone.
#include "api/notebook_world_test.hpp"
#include "api/public_answers.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace safargo::api {
namespace {

struct Counted {
    std::int64_t made;  // how often the handler ran
};
BOOST_DESCRIBE_STRUCT(Counted, (), (made))

class KeptRoutesTest : public ::testing::Test {
protected:
    KeptRoutesTest() { shared.version.confirm(1, std::chrono::steady_clock::now() + std::chrono::hours(1)); }

    Task<Result<Counted>> count() { co_return Counted{++made}; }

    testing::NotebookServer server;
    SharedAnswers shared;
    PublicAnswers answers{shared, nullptr, "1.0.0"};
    std::int64_t made = 0;
};

TEST_F(KeptRoutesTest, OnlyWhatIsTheSameForEveryoneMayBeKept) {
    const auto for_all = [](Language) -> Task<Result<Nothing>> { co_return Nothing{}; };
    const auto by_context = [](const RequestContext&) -> Task<Result<Nothing>> { co_return Nothing{}; };
    const auto by_caller = [](const Caller&) -> Task<Result<Nothing>> { co_return Nothing{}; };
    const auto for_some = [](std::optional<Caller>) -> Task<Result<Nothing>> { co_return Nothing{}; };
    const auto writing = [](db::Transaction&) -> Task<Result<Nothing>> { co_return Nothing{}; };
    const auto add = [&](std::string path) {
        return server.endpoints.get(std::move(path), "Kept").etag().kept_in(&answers);
    };
    EXPECT_THROW(add("/bad").handle(by_context), std::logic_error);
    EXPECT_THROW(add("/bad").handle(by_caller), std::logic_error);
    EXPECT_THROW(add("/bad").handle(for_some), std::logic_error);
    EXPECT_THROW(add("/bad").handle(writing), std::logic_error);
    EXPECT_THROW(server.endpoints.get("/bad", "No tag").kept_in(&answers).handle(for_all), std::logic_error);
    EXPECT_THROW(server.endpoints.post("/bad", "Acts").etag().kept_in(&answers).handle(for_all), std::logic_error);
    EXPECT_NO_THROW(add("/kept").handle(for_all));
}

TEST_F(KeptRoutesTest, EveryRequestIsAdmittedAndReadAsAlways) {
    server.endpoints.get("/kept", "Kept").returns<Counted>().etag().kept_in(&answers).handle([this](Language) {
        return count();
    });
    EXPECT_EQ(server.ask({.path = "/kept"}).body, R"({"made":1})");
    EXPECT_EQ(server.ask({.path = "/kept"}).body, R"({"made":1})");
    EXPECT_EQ(server.ask({.path = "/kept", .token = "user"}).body, R"({"made":1})") << "the same for who is signed in";
    EXPECT_EQ(server.ask({.path = "/kept", .token = "unknown"}).status, 401);
    EXPECT_EQ(server.ask({.path = "/kept", .body = "surprise"}).status, 415);
    EXPECT_EQ(made, 1);
    shared.version.confirm(2, std::chrono::steady_clock::now() + std::chrono::hours(1));
    EXPECT_EQ(server.ask({.path = "/kept"}).body, R"({"made":2})");
}

}  // namespace
}  // namespace safargo::api
