#include "adapters/stripe/answers.hpp"

#include <gtest/gtest.h>

namespace safargo::stripe {
namespace {

std::string intent(const std::string& received, const std::string& currency = "dzd",
                   const std::string& charge = "null") {
    return R"({"id":"pi_1","object":"payment_intent","status":"succeeded","currency":")" + currency +
           R"(","amount_received":)" + received + R"(,"latest_charge":)" + charge + "}";
}

TEST(StripeAnswers, AnIntentSaysWhatCameAndUntilWhenItIsHeld) {
    const Intent plain = read_intent(intent("157500"));
    EXPECT_EQ(plain.received, Dinars{1575});
    EXPECT_EQ(plain.capture_before, std::nullopt);
    EXPECT_EQ(read_intent(intent("0", "dzd", R"("ch_1")")).capture_before, std::nullopt);
    const std::string charge = R"({"payment_method_details":{"card":{"capture_before":1700000000}}})";
    EXPECT_EQ(read_intent(intent("0", "dzd", charge)).capture_before, Instant{std::chrono::seconds{1'700'000'000}});
    EXPECT_EQ(read_intent(intent("0", "dzd", R"({"payment_method_details":{}})")).capture_before, std::nullopt);
}

TEST(StripeAnswers, MoneyThatWeDoNotCountInIsRefused) {
    EXPECT_THROW(read_intent(intent("157501")), BadAnswer) << "half a dinar";
    EXPECT_THROW(read_intent(intent("157500", "eur")), BadAnswer);
    EXPECT_THROW(read_intent(intent("-100")), BadAnswer);
    EXPECT_THROW(read_intent(intent("100.0")), BadAnswer);
    EXPECT_THROW(read_intent(intent("9223372036854775808")), BadAnswer);
    EXPECT_THROW(read_intent(intent("\"100\"")), BadAnswer);
}

TEST(StripeAnswers, ASessionHasItsIntentOnlyIfItIsExpanded) {
    const auto session = [](const std::string& of) {
        return R"({"id":"cs_1","object":"checkout.session","status":"complete","url":null,"payment_intent":)" + of +
               "}";
    };
    EXPECT_FALSE(read_session(session("null")).intent.has_value());
    EXPECT_FALSE(read_session(session(R"("pi_1")")).intent.has_value());
    EXPECT_EQ(read_session(session(intent("100"))).intent->id, "pi_1");
    EXPECT_EQ(read_session(session("null")).url, "");
}

TEST(StripeAnswers, ListsAreRead) {
    EXPECT_TRUE(read_found_intents(R"({"object":"search_result","data":[]})").empty());
    EXPECT_EQ(read_found_intents(R"({"data":[)" + intent("0") + "]}").size(), 1U);
    EXPECT_THROW(read_found_intents(R"({"data":[1]})"), BadAnswer);
    EXPECT_THROW(read_found_intents(R"({"data":null})"), BadAnswer);
    const RefundPage page = read_refunds(
        R"({"has_more":true,"data":[{"object":"refund","id":"re_1","status":"pending","metadata":{"key":"a"}},)"
        R"({"object":"refund","id":"re_2","status":"failed","metadata":{}}]})");
    ASSERT_EQ(page.refunds.size(), 2U);
    EXPECT_TRUE(page.has_more);
    EXPECT_EQ(page.refunds[0].key, "a");
    EXPECT_EQ(page.refunds[1].key, "");
    EXPECT_THROW(read_refunds(R"({"data":[]})"), BadAnswer);
}

TEST(StripeAnswers, AnErrorIsNamedByTypeAndCode) {
    EXPECT_EQ(read_error(R"({"error":{"type":"card_error","code":"card_declined","message":"…"}})"),
              "card_error/card_declined");
    EXPECT_EQ(read_error(R"({"error":{"type":"api_error"}})"), "api_error");
    for (const char* other : {"", "<html>", "{}", R"({"error":"x"})", R"({"error":{}})"})
        EXPECT_EQ(read_error(other), "");
}

}  // namespace
}  // namespace safargo::stripe
