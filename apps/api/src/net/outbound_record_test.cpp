// What operators see of requests, and what they must not.
#include "core/metrics.hpp"
#include "net/hostile_server_test.hpp"
#include "net/outcome_test.hpp"
#include "testing/cancellable.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::net {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Task<void> ask(Client& client, Request request) {
    co_await client.send(std::move(request));
}

class OutboundRecordTest : public ::testing::Test {
protected:
    Request secretive() {
        Request request = server.get("/path-secret?query-secret");
        request.vendor = "recorder";
        request.method = "POST";
        request.headers = {{"X-Header-Secret", "header-secret"}};
        request.body = "body-secret";
        request.request_id = "request-1";
        return request;
    }
    HostileServer server;
    Client client{testing::shared_context()->get_executor(), {.attempts = 1}};
};

TEST_F(OutboundRecordTest, ALineSaysWhoWhatAndHowLong) {
    server.play({{Read{}, Send{answer("answer-secret", "201 Created", "X-Answer: answer-secret\r\n")}, Again{}}});
    ::testing::internal::CaptureStderr();
    EXPECT_EQ(outcome(client, secretive()), "201");
    const std::string line = ::testing::internal::GetCapturedStderr();
    EXPECT_THAT(line, AllOf(HasSubstr(R"("event":"outbound","vendor":"recorder","operation":"get","outcome":"2xx")"),
                            HasSubstr(R"("status":201,"attempts":1,"duration_ms":)"),
                            HasSubstr(R"("request_id":"request-1")")));
    EXPECT_THAT(line, AllOf(Not(HasSubstr("secret")), Not(HasSubstr("127.0.0.1"))));
}

TEST_F(OutboundRecordTest, AFailureSaysNoMore) {
    server.play({{Read{}, Send{"answer-secret"}, Reset{}}});
    ::testing::internal::CaptureStderr();
    std::string what;
    try {
        testing::run(client.send(secretive()));
    } catch (const DependencyUnavailable& failure) {
        what = failure.what();
    }
    const std::string line = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(what, "recorder: interrupted");
    EXPECT_THAT(line, AllOf(HasSubstr(R"("level":"warning","event":"outbound")"),
                            HasSubstr(R"("outcome":"interrupted","status":0)"), Not(HasSubstr("secret"))));
}

TEST_F(OutboundRecordTest, OutcomesAreCounted) {
    Request request = secretive();
    request.operation = "count";
    for (const std::string status :
         {"200 OK", "204 No Content", "302 Found", "404 Not Found", "500 Broken", "600 Odd"}) {
        server.play({{Read{}, Send{answer("", status)}}});
        outcome(client, request);
    }
    server.play({{Read{}, Hold{}}});
    testing::Cancellable task(ask(client, request));
    while (server.requests().size() < 7) testing::turn(task, 1);
    task.cancel();
    task.wait();
    const std::string rendered = metrics::render();
    const std::string before = "safargo_outbound_requests_total{operation=\"count\",outcome=\"";
    const std::string after = "\",vendor=\"recorder\"} ";
    EXPECT_THAT(rendered, HasSubstr(before + "2xx" + after + "2\n"));
    for (const std::string result : {"3xx", "4xx", "5xx", "other", "cancelled"}) {
        EXPECT_THAT(rendered, HasSubstr(before + result + after + "1\n")) << result;
    }
    EXPECT_THAT(
        rendered,
        HasSubstr("safargo_outbound_request_duration_seconds_count{operation=\"count\",vendor=\"recorder\"} 7\n"));
}

}  // namespace
}  // namespace safargo::net
