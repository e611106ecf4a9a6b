#include "adapters/dev_outbox/dev_messenger.hpp"
#include "adapters/dev_outbox/routes.hpp"
#include "contract/node.hpp"
#include "pages/pages.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::dev_outbox {
namespace {

using testing::run;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class DevOutboxTest : public ::testing::Test {
protected:
    DevOutboxTest() { add_routes(router_, database.db()); }

    DevMessenger& messenger_for(const Delivery& delivery) { return delivery.to.starts_with('+') ? sms : email; }
    // The next message, one second after the previous one.
    Delivery send(std::string to, std::string text, std::string subject = "") {
        clock.advance(1s);
        const Delivery delivery{.key = "outbox:" + std::to_string(++sent_),
                                .to = std::move(to),
                                .template_name = "otp",
                                .language = Language::ar,
                                .subject = std::move(subject),
                                .text = std::move(text)};
        receipt = run(messenger_for(delivery).deliver(delivery));
        return delivery;
    }
    http::Response ask(const std::string& query, const std::string& accept = "application/json") {
        return load("/dev/outbox", query, accept);
    }
    http::Response load(const std::string& path, const std::string& query = "", const std::string& accept = "*/*") {
        http::Request request;
        request.method = http::Method::get;
        request.path = path;
        request.query = query;
        request.headers.emplace_back("Accept", accept);
        if (!host.empty()) request.headers.emplace_back("Host", host);
        return run(router_.match(request.method, request.path).route->handler(request));
    }
    // The texts in the response, in order.
    std::vector<std::string> texts(const std::string& query = "") {
        const auto answer = contract::read_json(ask(query).body);
        std::vector<std::string> found;
        for (const contract::Node& item : *answer->as<contract::Object>()->at(0).node.as<contract::Array>()) {
            for (const auto& [name, node] : *item.as<contract::Object>()) {
                if (name == "text") found.push_back(*node.as<std::string>());
            }
        }
        return found;
    }

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    DevMessenger sms{database.db(), clock, Channel::sms}, email{database.db(), clock, Channel::email};
    Receipt receipt;  // of the last message
    std::string host = "127.0.0.1:3000";

private:
    http::Router router_;
    int sent_ = 0;
};

TEST_F(DevOutboxTest, ShowsWhatVendorsWouldHaveSent) {
    EXPECT_EQ(ask("").body, R"({"items":[]})");
    send("amel@example.dz", "123456 هو رمزك", "رمز SafarGo");
    const http::Response answer = ask("");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.content_type, "application/json");
    EXPECT_THAT(answer.body, ::testing::MatchesRegex(
                                 R"(\{"items":\[\{"id":"[0-9a-f-]{36}","channel":"email","to":"amel@example.dz",)"
                                 R"("template":"otp","locale":"ar","subject":"رمز SafarGo","text":"123456 هو رمزك",)"
                                 R"("created_at":"2026-12-01T08:00:01Z"\}\]\})"));
    send("+213550123456", "654321");
    EXPECT_THAT(ask("").body, HasSubstr(R"("channel":"sms","to":"+213550123456")"));
}

// A hostile page could point its own host name at this machine (DNS rebinding).
TEST_F(DevOutboxTest, AnswersOnlyTheMachinesOwnHostNames) {
    send("+213550123456", "654321");
    for (const char* ours : {"localhost:3000", "localhost", "127.0.0.1", "[::1]:3000"}) {
        host = ours;
        EXPECT_EQ(ask("").status, 200) << ours;
    }
    for (const char* strange : {"evil.example", "localhost.evil.example:3000", "192.0.2.1", ""}) {
        host = strange;
        const http::Response answer = ask("");
        EXPECT_EQ(answer.status, 403) << strange;
        EXPECT_THAT(answer.body, Not(HasSubstr("654321")));
    }
}

TEST_F(DevOutboxTest, NewestFirstAndAtMostAHundred) {
    for (int i = 0; i < 103; ++i) send("+213550123456", std::to_string(i));
    const std::vector<std::string> shown = texts();
    ASSERT_EQ(shown.size(), 100U);
    EXPECT_EQ(shown.front(), "102");
    EXPECT_EQ(shown.back(), "3");
}

TEST_F(DevOutboxTest, AMessageDeliveredTwiceIsShownOnce) {
    const Delivery delivery = send("+213550123456", "once");
    EXPECT_EQ(receipt.outcome, Receipt::Outcome::delivered);
    EXPECT_EQ(run(sms.deliver(delivery)).provider_id, receipt.provider_id);
    EXPECT_EQ(texts(), std::vector<std::string>{"once"});
    EXPECT_THAT(ask("").body, HasSubstr(R"("id":")" + receipt.provider_id + '"'));
}

TEST_F(DevOutboxTest, TheFilterIsTheNormalisedRecipient) {
    send("+213550123456", "amel");
    send("+213550123457", "badis");
    send("chafik@example.dz", "chafik");
    EXPECT_EQ(texts().size(), 3U);
    for (const char* amel : {"to=%2B213550123456", "to=+213550123456", "to=0550123456", "to=00213550123456"}) {
        EXPECT_EQ(texts(amel), std::vector<std::string>{"amel"}) << amel;
    }
    EXPECT_EQ(texts("to=Chafik%40Example.DZ"), std::vector<std::string>{"chafik"});
    EXPECT_TRUE(texts("to=nobody").empty());
    EXPECT_TRUE(texts("to=550123456' or true--").empty());
    EXPECT_EQ(ask("to=").status, 422);
    EXPECT_EQ(ask("who=amel").status, 422);
    EXPECT_EQ(ask("to=%ff").status, 400);
}

// The page is a static file; messages reach it as JSON and are inserted as text.
TEST_F(DevOutboxTest, ThePageIsSafeFromInjection) {
    send("<b>@example.dz", "<script>alert(1)</script> & \"co\"", "</strong><img src=x>");
    for (const char* accept : {"text/html,*/*", "", "*/*"}) {
        const http::Response page = ask("", accept);
        EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
        EXPECT_EQ(page.body, pages::text_of("outbox/index.html"));
        const std::string policy(page.header("content-security-policy"));
        EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
        EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
    }
    EXPECT_THAT(texts(), ::testing::ElementsAre("<script>alert(1)</script> & \"co\""));
    const std::string script = pages::text_of("outbox/page.js");
    for (const char* way : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("}) {
        EXPECT_THAT(script, Not(HasSubstr(way)));
    }
}

TEST_F(DevOutboxTest, ThePageLoadsItsOwnFiles) {
    for (const char* path : {"/dev/outbox/page.js", "/dev/outbox/page.css"}) EXPECT_EQ(load(path).status, 200) << path;
    host = "evil.example";
    EXPECT_EQ(load("/dev/outbox/page.js").status, 403);
}

}  // namespace
}  // namespace safargo::dev_outbox
