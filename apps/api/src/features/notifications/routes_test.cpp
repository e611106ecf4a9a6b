// The webhooks, with readers that know their vendor by one header.
#include "features/notifications/routes.hpp"

#include "core/failures.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

namespace safargo::notifications {
namespace {

using enum Receipt::Outcome;
using testing::run;

class Nobody final : public api::Authenticator {
public:
    Task<Result<Caller>> authenticate(std::string) override { co_return fail(Code::unauthenticated); }
};

class NoLimit final : public RateLimiter {
public:
    Task<RateDecision> take_by(std::string_view, unsigned limit, std::chrono::seconds, Deadline) override {
        co_return RateDecision{.allowed = true, .limit = limit, .remaining = limit};
    }
};

// Says what a test wants if the call is signed, and remembers what it was given.
struct Reader final : DeliveryReports {
    std::optional<std::vector<DeliveryReport>> read(const WebhookCall& call) const override {
        query = call.query;
        body = call.body;
        if (call.header("x-signature") != "good") return std::nullopt;
        return reports;
    }
    std::vector<DeliveryReport> reports;
    mutable std::string query, body;
};

class WebhookTest : public ::testing::Test {
protected:
    WebhookTest() {
        add_routes(endpoints, reports);
        run(log.depart({.key = "outbox:1", .pseudonyms = {"amel"}, .template_name = "otp"}));
        run(log.depart({.key = "outbox:2", .channel = Channel::email, .pseudonyms = {"amel"}, .template_name = "otp"}));
    }

    http::Response post(const std::string& vendor, const std::string& signature = "good", std::string body = "a=%ff") {
        http::Request request;
        request.method = http::Method::post;
        request.path = "/api/v1/notifications/webhook/" + vendor;
        request.query = "key=outbox%3A1";
        request.body = std::move(body);
        request.headers = {{"X-Signature", signature}, {"Content-Type", "application/x-www-form-urlencoded"}};
        const http::Match match = router.match(request.method, request.path);
        return run(match.route->handler(request));
    }
    std::string states() {
        const db::Statement statement{"test_states",
                                      "select string_agg(state, ' ' order by key) from message_deliveries"};
        return run(database.db().query(statement))[0].get<std::string>(0);
    }

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    DeliveryLog log{database.db(), clock};
    Reader twilio, sendgrid;
    Reports reports{log, {.twilio = &twilio, .sendgrid = &sendgrid}};
    Reports none{log, {}};

    http::Router router;

private:
    Nobody nobody_;
    NoLimit limiter_;
    api::Runtime runtime_{database.db(), nobody_, limiter_, clock};

protected:
    api::Endpoints endpoints{router, runtime_};
    http::Router bare;
    api::Endpoints without_vendors{bare, runtime_};
};

TEST_F(WebhookTest, RecordWhatTheVendorReports) {
    twilio.reports = {{"outbox:1", {delivered, "SM1"}}};
    const http::Response answer = post("twilio");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"taken":true})");
    EXPECT_EQ(states(), "delivered sending");
}

TEST_F(WebhookTest, GiveTheReaderWhatCameByteForByte) {
    post("twilio", "bad", std::string("{\0 %zz \xff", 8));
    EXPECT_EQ(twilio.query, "key=outbox%3A1");
    EXPECT_EQ(twilio.body, std::string("{\0 %zz \xff", 8));
}

TEST_F(WebhookTest, StoreNothingOfWhatIsNotTheVendors) {
    for (const char* vendor : {"twilio", "sendgrid"}) {
        twilio.reports = sendgrid.reports = {{"outbox:1", {delivered}}, {"outbox:2", {delivered}}};
        const http::Response answer = post(vendor, "forged");
        EXPECT_EQ(answer.status, 400);
        EXPECT_NE(answer.body.find("malformed_request"), std::string::npos);
    }
    EXPECT_EQ(states(), "sending sending");
}

TEST_F(WebhookTest, TakeRepeatedAndLateReportsWithoutAnEffect) {
    sendgrid.reports = {{"outbox:2", {delivered, "M1"}}};
    EXPECT_EQ(post("sendgrid").status, 200);
    EXPECT_EQ(post("sendgrid").status, 200);
    sendgrid.reports = {{"outbox:2", {accepted, "M1"}}};
    EXPECT_EQ(post("sendgrid").status, 200);
    EXPECT_EQ(states(), "sending delivered");
}

TEST_F(WebhookTest, TakeEachReportOfABatch) {
    sendgrid.reports = {{"outbox:2", {accepted, "M1"}},
                        {"outbox:77", {delivered, "M2"}},
                        {std::string("outbox:2\0", 9), {rejected, "M1"}},
                        {"outbox:2", {rejected, std::string("M1\0", 3)}},
                        {"outbox:2", {rejected, "M1", "\xff"}},
                        {"outbox:2", {delivered, "M1"}}};
    EXPECT_EQ(post("sendgrid").status, 200);
    EXPECT_EQ(states(), "sending delivered");
}

TEST_F(WebhookTest, KnowTheirOwnMessagesOnly) {
    sendgrid.reports = {{"outbox:1", {delivered}}};
    EXPECT_EQ(post("sendgrid").status, 200);
    EXPECT_EQ(states(), "sending sending");
}

TEST_F(WebhookTest, AreUnavailableWithoutTheirVendor) {
    add_routes(without_vendors, none);
    for (const char* vendor : {"twilio", "sendgrid"}) {
        http::Request request;
        request.method = http::Method::post;
        request.path = std::string("/api/v1/notifications/webhook/") + vendor;
        const http::Response answer = run(bare.match(request.method, request.path).route->handler(request));
        EXPECT_EQ(answer.status, 503);
        EXPECT_NE(answer.body.find("feature_unavailable"), std::string::npos);
    }
}

TEST_F(WebhookTest, BoundTheirBodies) {
    const auto limit = [this](const char* vendor) {
        return router.match(http::Method::post, std::string("/api/v1/notifications/webhook/") + vendor).route->max_body;
    };
    EXPECT_EQ(limit("twilio"), 65'536U);
    EXPECT_EQ(limit("sendgrid"), 1'048'576U);
}

}  // namespace
}  // namespace safargo::notifications
