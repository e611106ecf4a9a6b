// What S3 answers when it is busy or credentials have ended: scripted, since a healthy server does not say it.
#include "adapters/s3/calls.hpp"

#include "adapters/s3/object_store.hpp"
#include "core/failures.hpp"
#include "http/server.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <deque>
#include <mutex>
#include <vector>

namespace safargo::s3 {
namespace {

using namespace std::chrono_literals;
using testing::run;

// Answers in turn what a test has written down, and the last of it for ever.
class ScriptedS3 {
public:
    ScriptedS3() {
        server_.start();
        readiness_.set_ready();
    }

    std::string host() const { return "127.0.0.1:" + std::to_string(server_.port()); }
    void answers(int status, std::string_view code, http::Headers headers = {}) {
        const std::lock_guard lock(mutex_);
        const std::string body = code.empty() ? "ok" : "<Error><Code>" + std::string(code) + "</Code></Error>";
        answers_.push_back(
            {.status = status, .body = body, .content_type = "application/xml", .headers = std::move(headers)});
    }
    std::vector<std::string> tokens() const {  // of the requests, in order
        const std::lock_guard lock(mutex_);
        return tokens_;
    }

private:
    Task<http::Response> serve(http::Request& request) {
        const std::lock_guard lock(mutex_);
        tokens_.emplace_back(request.header("x-amz-security-token"));
        http::Response answer = answers_.front();
        if (answers_.size() > 1) answers_.pop_front();
        co_return answer;
    }
    http::ThreadApp app() {
        http::ThreadApp app;
        app.router.add({.pattern = "/object", .handler = [this](http::Request& request) { return serve(request); }});
        return app;
    }

    mutable std::mutex mutex_;
    std::deque<http::Response> answers_;
    std::vector<std::string> tokens_;
    http::Readiness readiness_;
    http::Server server_{{}, [this](boost::asio::io_context&, unsigned) { return app(); }, readiness_};
};

// Gives out another token each time.
class Numbered final : public CredentialsSource {
public:
    explicit Numbered(const Clock& clock) : clock_(clock) {}
    Task<Credentials> fetch() override {
        co_return Credentials{"key", "secret", "token " + std::to_string(++number_), clock_.now() + 1h};
    }

private:
    const Clock& clock_;
    int number_ = 0;
};

class CallsTest : public ::testing::Test {
protected:
    net::Response ask(bool repeatable = true) {
        return run(calls.send({.operation = "get_object",
                               .target = {.scheme = "http", .host = server.host(), .path = "/object"},
                               .repeatable = repeatable}));
    }

    ScriptedS3 server;
    SystemClock clock;
    net::Client client{testing::shared_context()->get_executor(), {}};
    CredentialCache credentials{
        testing::shared_context()->get_executor(), std::make_unique<Numbered>(clock), clock, {.between_attempts = 0s}};
    Presence presence{{.in_a_row = 2, .slow = 100ms}};
    Calls calls{client, credentials, clock, presence, "us-east-1"};
};

TEST_F(CallsTest, WaitsForABusyServer) {
    server.answers(503, "SlowDown", {{"Retry-After", "1"}});
    server.answers(200, "");
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(ask().status, 200);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 900ms);
    EXPECT_EQ(server.tokens().size(), 2U);
}

TEST_F(CallsTest, ReplacesCredentialsThatHaveEnded) {
    server.answers(200, "");
    server.answers(400, "ExpiredToken");
    server.answers(200, "");
    EXPECT_EQ(ask().status, 200);
    EXPECT_EQ(ask().status, 200);
    EXPECT_THAT(server.tokens(), ::testing::ElementsAre("token 1", "token 1", "token 2"));
}

TEST_F(CallsTest, AsksNoThirdTimeWithNewCredentials) {
    server.answers(403, "InvalidToken");
    EXPECT_EQ(ask().status, 403);
    EXPECT_EQ(server.tokens().size(), 2U);
}

TEST_F(CallsTest, RepeatsWhatFailedInsideS3IfItMayBeRepeated) {
    server.answers(500, "InternalError");
    server.answers(200, "");
    EXPECT_EQ(ask().status, 200);
    EXPECT_EQ(server.tokens().size(), 2U);
}

TEST_F(CallsTest, DoesNotRepeatWhatMayHaveHappened) {
    server.answers(500, "InternalError");
    EXPECT_EQ(ask(false).status, 500);
    EXPECT_EQ(server.tokens().size(), 1U);
}

// Whoever connects is kept waiting by the listening socket of a process that does nothing.
TEST_F(CallsTest, KeepsNobodyWaitingForAServerThatIsKnownToHang) {
    boost::asio::io_context idle;
    const boost::asio::ip::tcp::acceptor hanging(idle, {boost::asio::ip::address_v4::loopback(), 0});
    Call call{.operation = "get_object",
              .target = {.scheme = "http",
                         .host = "127.0.0.1:" + std::to_string(hanging.local_endpoint().port()),
                         .path = "/object"},
              .patience = 200ms};
    EXPECT_THROW(run(calls.send(call)), DeadlineExceeded);
    EXPECT_THROW(run(calls.send(call)), DeadlineExceeded);
    EXPECT_TRUE(presence.gone());
    EXPECT_THROW(run(calls.send(call)), DependencyUnavailable) << "at once";
    call.looks = true;
    EXPECT_THROW(run(calls.send(call)), DeadlineExceeded) << "the watch is still sent";
    server.answers(404, "NoSuchBucket");
    call.target.host = server.host();
    EXPECT_EQ(run(calls.send(call)).status, 404);
    EXPECT_FALSE(presence.gone()) << "any answer shows that it is there";
    EXPECT_EQ(ask().status, 404);
}

TEST_F(CallsTest, SendsNobodyToAServerThatIsKnownToHang) {
    S3ObjectStore store(client, credentials, clock, presence, {.region = "us-east-1"});
    const ObjectName name{.bucket = Bucket::uploads, .key = "private/1"};
    const UploadPermit permit{.object = name, .content_type = "image/png", .max_bytes = 1};
    EXPECT_NO_THROW(run(store.permit_upload(permit, clock.now())));
    presence.failed(1s);
    presence.failed(1s);
    EXPECT_THROW(run(store.permit_upload(permit, clock.now())), DependencyUnavailable);
    EXPECT_NO_THROW(run(store.signed_url(name, 60s, clock.now()))) << "its use comes later";
    presence.answered();
    EXPECT_NO_THROW(run(store.permit_upload(permit, clock.now())));
}

TEST(ErrorCode, IsAShortWordOfS3) {
    const auto code = [](std::string body) { return error_code({.status = 403, .body = std::move(body)}); };
    EXPECT_EQ(code("<Error><Code>NoSuchKey</Code></Error>"), "NoSuchKey");
    EXPECT_EQ(code("<Error><Code>a b\nc</Code></Error>"), "");
    EXPECT_EQ(code("<Error><Code>" + std::string(65, 'a') + "</Code></Error>"), "");
    EXPECT_EQ(code("<html>"), "");
    EXPECT_EQ(code(""), "");
}

TEST(Refuse, SaysWhatWasRefusedAndWhy) {
    try {
        refuse("put_object", {.status = 403, .body = "<Error><Code>AccessDenied</Code></Error>"});
    } catch (const DependencyUnavailable& failure) {
        EXPECT_STREQ(failure.what(), "s3: put_object was answered 403 AccessDenied");
    }
}

}  // namespace
}  // namespace safargo::s3
