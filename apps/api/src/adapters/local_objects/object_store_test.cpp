#include "adapters/local_objects/object_store.hpp"

#include "adapters/local_objects/routes.hpp"
#include "http/server.hpp"
#include "ports/object_store_suite_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>

#include <filesystem>

namespace safargo::local_objects {
namespace {

namespace fs = std::filesystem;

const std::string secret = "a secret of this test, long enough";

// The store of the tests' thread, and a server with the routes of another one on the same folder.
class LocalWorld final : public testing::ObjectStoreWorld {
public:
    LocalWorld() {
        server_.start();
        readiness_.set_ready();
        store_.emplace(folder_, crypto::KeyRing(secret), "http://127.0.0.1:" + std::to_string(server_.port()), clock_);
    }
    ~LocalWorld() override {
        server_.stop();
        fs::remove_all(folder_);
    }
    ObjectStore& store() override { return *store_; }
    std::uint16_t port() const { return server_.port(); }

private:
    http::ThreadApp app() {
        http::ThreadApp app;
        auto served = std::make_shared<LocalObjectStore>(folder_, crypto::KeyRing(secret), "", clock_);
        add_routes(app.router, *served);
        app.services = served;
        return app;
    }

    fs::path folder_ = fs::path(::testing::TempDir()) / ("safargo-local-" + std::to_string(::getpid()));
    SystemClock clock_;
    std::optional<LocalObjectStore> store_;
    http::Readiness readiness_;
    http::Server server_{{.cors_origins = {testing::page_origin}},
                         [this](boost::asio::io_context&, unsigned) { return app(); },
                         readiness_};
};

}  // namespace
}  // namespace safargo::local_objects

namespace safargo::testing {
namespace {

INSTANTIATE_TEST_SUITE_P(Local, ObjectStoreSuite,
                         ::testing::Values(ObjectStoreAdapter{
                             .name = "local",
                             .missing = [] { return std::string(); },
                             .make = [] { return std::make_unique<local_objects::LocalWorld>(); }}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace safargo::testing

namespace safargo::local_objects {
namespace {

TEST(LocalObjectStore, ServesNoOneWhoCallsItByAnotherName) {
    LocalWorld world;
    net::Client client(testing::shared_context()->get_executor(), {});
    const std::string url = "http://127.0.0.1:" + std::to_string(world.port()) + "/dev/objects/uploads?key=public/a";
    const net::Response seen = testing::run(
        client.send({.vendor = "test", .operation = "get", .url = url, .headers = {{"host", "evil.example"}}}));
    EXPECT_EQ(seen.status, 403);
    EXPECT_EQ(seen.header("content-type"), "application/problem+json");
}

TEST(LocalObjectStore, NamesWhatItCannotRead) {
    LocalWorld world;
    net::Client client(testing::shared_context()->get_executor(), {});
    const std::string base = "http://127.0.0.1:" + std::to_string(world.port()) + "/dev/objects/";
    const auto status = [&](const std::string& path) {
        return testing::run(client.send({.vendor = "test", .operation = "get", .url = base + path})).status;
    };
    EXPECT_EQ(status("uploads"), 400);
    EXPECT_EQ(status("uploads?key=%FF"), 400);
    EXPECT_EQ(status("uploads?key=../secret"), 400);
    EXPECT_EQ(status("elsewhere?key=public/a"), 400);
    EXPECT_EQ(status("uploads?key=public/../private/a"), 400);
    const net::Response form = testing::run(client.send({.vendor = "test",
                                                         .operation = "post",
                                                         .method = "POST",
                                                         .url = base + "uploads",
                                                         .headers = {{"content-type", "application/json"}},
                                                         .body = "{}"}));
    EXPECT_EQ(form.status, 400);
    EXPECT_THAT(form.body, ::testing::HasSubstr("<Code>MalformedPOSTRequest</Code>"));
}

}  // namespace
}  // namespace safargo::local_objects
