#include "features/payments/routes.hpp"

#include "features/payments/payments_world_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::payments {
namespace {

using sandbox::FaultOutcome;
using sandbox::Operation;
using test::run;
using ::testing::HasSubstr;

// The token names the caller.
class KnownCallers final : public api::Authenticator {
public:
    std::vector<std::pair<std::string, Caller>> callers;
    Task<Result<Caller>> authenticate(std::string token) override {
        for (const auto& [name, caller] : callers) {
            if (name == token) co_return caller;
        }
        co_return fail(Code::unauthenticated);
    }
};

class NoLimit final : public RateLimiter {
public:
    Task<RateDecision> take_by(std::string_view, unsigned limit, std::chrono::seconds, Deadline) override {
        co_return RateDecision{.allowed = true, .limit = limit, .remaining = limit};
    }
};

class PaymentRoutesTest : public ::testing::Test, protected test::PaymentsWorld {
protected:
    PaymentRoutesTest() {
        callers_.callers = {{"passenger", as_passenger},
                            {"admin", as_admin},
                            {"moderator", {rows.add_user(), {}, Role::moderator}},
                            {"stranger", {rows.add_user(), {}, Role::user}},
                            {"suspended", {passenger, {}, Role::user, AccountStatus::suspended}}};
        add_routes(endpoints_, actions);
    }

    http::Response post(const Charge& charge, const std::string& action, const std::string& token,
                        const std::string& body = "", const std::string& key = "") {
        http::Request request;
        request.method = http::Method::post;
        request.path = "/api/v1/payments/bookings/" + charge.booking.str() + '/' + action;
        request.body = body;
        if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
        if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
        if (!key.empty()) request.headers.emplace_back("Idempotency-Key", key);
        http::Match match = router_.match(request.method, request.path);
        request.params = match.params;
        return run(match.route->handler(request));
    }

private:
    KnownCallers callers_;
    NoLimit limiter_;
    api::Runtime runtime_{db(), callers_, limiter_, clock};
    http::Router router_;
    api::Endpoints endpoints_{router_, runtime_};
};

TEST_F(PaymentRoutesTest, ShowAndHoldAPayment) {
    const Charge charge = book();
    const std::string id = payment(charge).id.str();
    const http::Response shown = post(charge, "intent", "passenger");
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.body, R"({"id":")" + id + R"(","method":"sandbox","status":"intent","amount":1575,)" +
                              R"("captured":0,"refunded":0,"checkout_url":null,)"
                              R"("due_back":0,"driver_share":0,"checkout_qr":null,"checkout_expires_at":null,)"
                              R"("return_url":null})");
    const http::Response confirmed = post(charge, "confirm", "passenger", "{}", "k1");
    EXPECT_EQ(confirmed.status, 200);
    EXPECT_THAT(confirmed.body, HasSubstr(R"("status":"hold")"));
    EXPECT_EQ(post(charge, "confirm", "passenger", "{}", "k1").body, confirmed.body);
}

TEST_F(PaymentRoutesTest, AProviderWithoutAnAnswerLeavesTheIntentToTheSafetyNet) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::lost_answer);
    const http::Response confirmed = post(charge, "confirm", "passenger");
    EXPECT_EQ(confirmed.status, 200);
    EXPECT_THAT(confirmed.body, HasSubstr(R"("status":"intent")"));
    work_off_all();
    EXPECT_THAT(post(charge, "intent", "passenger").body, HasSubstr(R"("status":"hold")"));
}

TEST_F(PaymentRoutesTest, AnAdminCapturesAndRefundsOncePerKey) {
    const Charge charge = book_completed();
    EXPECT_THAT(post(charge, "capture", "admin").body, HasSubstr(R"("status":"captured")"));
    const std::string part = R"({"amount":420,"reason":"retard"})";
    const http::Response first = post(charge, "refund", "admin", part, "r1");
    EXPECT_THAT(first.body, HasSubstr(R"("status":"refunded","amount":1575,"captured":1575,"refunded":420)"));
    EXPECT_EQ(post(charge, "refund", "admin", part, "r1").body, first.body);
    EXPECT_EQ(payment(charge).refunded, Dinars{420});
    EXPECT_EQ(post(charge, "refund", "admin", R"({"amount":421,"reason":"retard"})", "r1").status, 422);
    work_off_all();
    expect_sound();
}

TEST_F(PaymentRoutesTest, RefuseBadInputAndStates) {
    const Charge charge = book_captured();
    for (const char* body :
         {R"({})", R"({"reason":""})", R"({"reason":"x","amount":0})", R"({"reason":"x","amount":-1})",
          R"({"reason":"x","amount":1.5})", R"({"reason":"x","amount":1576})", R"({"reason":"x","more":1})"}) {
        EXPECT_EQ(post(charge, "refund", "admin", body).status, 422) << body;
    }
    EXPECT_EQ(post(charge, "refund", "admin", "{").status, 400);
    EXPECT_EQ(post(book(), "refund", "admin", R"({"reason":"x"})").status, 409);
    EXPECT_EQ(post(book(), "capture", "admin").status, 409);
    EXPECT_EQ(post(book(Method::cash), "confirm", "passenger").status, 409);
    EXPECT_EQ(payment(charge).refunded, Dinars{0});
}

TEST_F(PaymentRoutesTest, EveryRoleHasItsAnswer) {
    struct Row {
        std::string token;
        int intent, confirm, capture, refund;
    };
    for (const Row& row :
         {Row{"", 401, 401, 401, 401}, Row{"forged", 401, 401, 401, 401}, Row{"suspended", 403, 403, 403, 403},
          Row{"stranger", 404, 404, 403, 403}, Row{"passenger", 200, 200, 403, 403},
          Row{"moderator", 404, 404, 403, 403}, Row{"admin", 404, 404, 200, 200}}) {
        SCOPED_TRACE(row.token);
        const Charge open = book(), due = book_completed(), done = book_captured();
        EXPECT_EQ(post(open, "intent", row.token).status, row.intent);
        EXPECT_EQ(post(open, "confirm", row.token).status, row.confirm);
        EXPECT_EQ(post(due, "capture", row.token).status, row.capture);
        EXPECT_EQ(post(done, "refund", row.token, R"({"reason":"x"})").status, row.refund);
    }
}

}  // namespace
}  // namespace safargo::payments
