#include "app/operations_routes.hpp"

#include "core/metrics.hpp"
#include "pages/pages.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

namespace safargo::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class OperationsRoutesTest : public ::testing::Test {
protected:
    static constexpr auto token = "0123456789abcdef";

    http::Response ask(const std::string& path) {
        http::Request request;
        request.method = http::Method::get;
        request.path = path;
        request.context.client_ip = client_ip_;
        request.headers = headers;
        if (!authorization_.empty()) request.headers.emplace_back("Authorization", authorization_);
        return testing::run(router.match(request.method, path).route->handler(request));
    }
    int metrics_for(const std::string& client_ip, const std::string& authorization = "") {
        client_ip_ = client_ip;
        authorization_ = authorization;
        return ask("/metrics").status;
    }

    static http::Handler open(http::Handler handler) { return handler; }
    void add_docs(const std::vector<seed::DemoAccount>& accounts = {}) {
        add_docs_routes(router, std::make_shared<const std::string>(R"({"openapi":"3.1.0"})"), accounts, open);
    }

    http::Router router;
    http::Headers headers;

private:
    std::string client_ip_ = "127.0.0.1", authorization_;
};

TEST_F(OperationsRoutesTest, WithoutATokenOnlyLoopbackReadsMetrics) {
    add_metrics_route(router, "");
    for (const char* here : {"127.0.0.1", "127.8.8.8", "::1"}) EXPECT_EQ(metrics_for(here), 200) << here;
    for (const char* there : {"10.0.0.1", "192.0.2.1", "2001:db8::1", "::", "", "12.7.0.1", "::127.0.0.1"}) {
        EXPECT_EQ(metrics_for(there), 401) << there;
    }
    EXPECT_EQ(metrics_for("192.0.2.1", "Bearer "), 401) << "an empty token grants nothing";
    EXPECT_EQ(metrics_for("192.0.2.1", "Bearer"), 401);
}

TEST_F(OperationsRoutesTest, WithoutATokenForwardedRequestsMayNotReadMetrics) {
    add_metrics_route(router, "");
    for (const char* name : {"X-Forwarded-For",
                             "x-forwarded-for",
                             "X-FORWARDED-HOST",
                             "X-Forwarded-Proto",
                             "X-Forwarded",
                             "Forwarded",
                             "Via",
                             "via",
                             "X-Real-IP",
                             "X-Client-IP",
                             "True-Client-IP",
                             "CF-Connecting-IP",
                             "X-Amzn-Trace-Id",
                             "X-Azure-ClientIP",
                             "X-Original-Forwarded-For",
                             "Forwarded-For",
                             "X-Envoy-External-Address",
                             "Fastly-Client-IP",
                             "CDN-Loop",
                             "X-Originating-IP",
                             "X-Remote-Addr",
                             "X-Remote-IP",
                             "Proxy-Client-IP",
                             "WL-Proxy-Client-IP",
                             "X-Nginx-Proxy",
                             "DO-Connecting-IP"}) {
        for (const char* value : {"127.0.0.1", "for=127.0.0.1", ""}) {
            headers = {{"Host", "127.0.0.1"}, {name, value}};
            EXPECT_EQ(metrics_for("127.0.0.1"), 401) << name << ": " << value;
        }
    }
    headers = {{"Host", "127.0.0.1"}, {"User-Agent", "Prometheus"}, {"X-Prometheus-Scrape-Timeout-Seconds", "10"}};
    EXPECT_EQ(metrics_for("127.0.0.1"), 200);
}

TEST_F(OperationsRoutesTest, WithATokenForwardedRequestsMayReadMetrics) {
    add_metrics_route(router, token);
    headers = {{"X-Forwarded-For", "192.0.2.1"}};
    EXPECT_EQ(metrics_for("10.0.0.1", std::string("Bearer ") + token), 200);
}

TEST_F(OperationsRoutesTest, ATokenIsRequiredFromEveryClient) {
    add_metrics_route(router, token);
    EXPECT_EQ(metrics_for("192.0.2.1", std::string("Bearer ") + token), 200);
    EXPECT_EQ(metrics_for("127.0.0.1"), 401);
    const std::string right = std::string("Bearer ") + token;
    for (const std::string& wrong :
         {right + "x", right.substr(0, right.size() - 1), std::string(token), "Basic " + std::string(token),
          std::string("Bearer 0123456789abcdeF"), right + ' '}) {
        EXPECT_EQ(metrics_for("127.0.0.1", wrong), 401) << wrong;
    }
}

TEST_F(OperationsRoutesTest, MetricsAreInPrometheusFormat) {
    add_metrics_route(router, "");
    metrics::counter("safargo_test_total", "A test", {{"kind", "a \"quoted\"\nname"}}).add(2);
    const http::Response answer = ask("/metrics");
    EXPECT_EQ(answer.content_type, "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_THAT(answer.body, HasSubstr("# TYPE safargo_test_total counter\n"));
    EXPECT_THAT(answer.body, HasSubstr(R"(safargo_test_total{kind="a \"quoted\"\nname"} 2)"));
    const std::regex line(R"re((# (HELP|TYPE) safargo_[a-z_]+ .*|safargo_[a-z_]+(\{.*\})? [^ ]+))re");
    std::istringstream lines(answer.body);
    for (std::string text; std::getline(lines, text);) EXPECT_TRUE(std::regex_match(text, line)) << text;
    EXPECT_FALSE(router.match(http::Method::get, "/metrics").route->rate_limited);
}

TEST_F(OperationsRoutesTest, TheContractIsServedUnchanged) {
    add_docs();
    const http::Response answer = ask("/api/v1/openapi.json");
    EXPECT_EQ(answer.body, R"({"openapi":"3.1.0"})");
    EXPECT_EQ(answer.content_type, "application/json");
}

// A browser loads the page's own files and nothing else.
TEST_F(OperationsRoutesTest, TheViewerLoadsNothingFromOtherHosts) {
    add_docs();
    const std::string page = ask("/docs").body;
    const std::regex reference(R"re((?:src|<link[^>]* href|action)="([^"]*)")re");
    std::vector<std::string> loaded;
    for (auto it = std::sregex_iterator(page.begin(), page.end(), reference); it != std::sregex_iterator{}; ++it) {
        loaded.push_back((*it)[1]);
    }
    EXPECT_THAT(loaded,
                ::testing::ElementsAre("data:,", "/docs/swagger-ui/swagger-ui.css", "/docs/page.css",
                                       "/docs/swagger-ui/swagger-ui-bundle.js", "/docs/demo.js", "/docs/page.js"));
    loaded.front() = "/docs";
    for (const std::string& path : loaded) {
        const http::Response answer = ask(path);
        EXPECT_EQ(answer.status, 200) << path;
        EXPECT_THAT(answer.content_type, ::testing::StartsWith("text/")) << path;
        EXPECT_FALSE(answer.header("etag").empty()) << path;
        const std::string policy(answer.header("content-security-policy"));
        EXPECT_THAT(policy, HasSubstr("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"));
        EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
    }
}

// The page may show responses that contain user text.
TEST_F(OperationsRoutesTest, OurScriptsInsertTextAndNoMarkup) {
    for (const char* file : {"docs/page.js", "docs/demo.js"}) {
        for (const char* way : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("}) {
            EXPECT_THAT(pages::text_of(file), Not(HasSubstr(way))) << file;
        }
    }
}

TEST_F(OperationsRoutesTest, ThePageOffersTheDemoAccounts) {
    add_docs({{.role = "driver", .name = "Karim \"K\" Benali", .phone = "+213550000002"}});
    EXPECT_EQ(ask("/docs/accounts.json").body,
              R"([{"role":"driver","name":"Karim \"K\" Benali","phone":"+213550000002"}])");
    EXPECT_EQ(seed::demo_accounts().size(), 3U);
}

TEST_F(OperationsRoutesTest, ProductionOffersNone) {
    add_docs();
    EXPECT_EQ(ask("/docs/accounts.json").body, "[]");
}

}  // namespace
}  // namespace safargo::app
