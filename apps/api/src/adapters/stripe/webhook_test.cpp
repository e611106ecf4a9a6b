#include "adapters/stripe/webhook.hpp"

#include "core/crypto.hpp"

#include <gtest/gtest.h>

#include <string>

namespace safargo::stripe {
namespace {

using std::chrono::seconds;

constexpr std::string_view body = R"({"id":"evt_1"})", secret = "whsec_test";
constexpr std::string_view right = "c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925";
constexpr Instant then{seconds{1'700'000'000}};

std::string header(std::string_view signature, const std::string& time = "1700000000") {
    return "t=" + time + ",v1=" + std::string(signature);
}

// OPERATIONS section 16, computed with OpenSSL.
TEST(StripeSignature, IsHmacSha256OfTimeAndBody) {
    EXPECT_TRUE(is_signed(header(right), body, secret, then));
    EXPECT_FALSE(is_signed(header(right), R"({"id":"evt_2"})", secret, then));
    EXPECT_FALSE(is_signed(header(right), std::string(body) + ' ', secret, then)) << "the raw body";
    EXPECT_FALSE(is_signed(header(right), body, "whsec_other", then));
    EXPECT_FALSE(is_signed(header(right, "1700000001"), body, secret, then)) << "the time is signed, too";
}

TEST(StripeSignature, IsAcceptedForFiveMinutes) {
    EXPECT_TRUE(is_signed(header(right), body, secret, then + seconds{300}));
    EXPECT_TRUE(is_signed(header(right), body, secret, then - seconds{300}));
    EXPECT_FALSE(is_signed(header(right), body, secret, then + seconds{301}));
    EXPECT_FALSE(is_signed(header(right), body, secret, then - seconds{301}));
}

TEST(StripeSignature, MayBeOneOfSeveral) {
    const std::string wrong(64, '0');
    EXPECT_TRUE(is_signed("t=1700000000,v1=" + wrong + ",v1=" + std::string(right) + ",v0=abc", body, secret, then));
    EXPECT_FALSE(is_signed("t=1700000000,v0=" + std::string(right), body, secret, then));
    EXPECT_FALSE(is_signed("t=1700000000", body, secret, then));
    std::string many = "t=1700000000";
    for (int i = 0; i < 10; ++i) many += ",v1=" + wrong;
    EXPECT_FALSE(is_signed(many + ",v1=" + std::string(right), body, secret, then)) << "limited";
}

TEST(StripeSignature, AnythingElseIsRefused) {
    const std::string good = header(right);
    for (const std::string& bad :
         {std::string(), std::string(","), std::string("t=,v1=") + std::string(right), "t=1700000000," + good,
          header(right, "-1700000000"), header(right, "1700000000 "), header(right, "170000000000000000000"),
          header(right, "1.7e9"), header(std::string(right).substr(1)), header(std::string(right) + "0"),
          "v1=" + std::string(right), good + std::string(2'048, ',')}) {
        EXPECT_FALSE(is_signed(bad, body, secret, then)) << bad.substr(0, 100);
    }
}

TEST(StripeEvent, SaysWhichPaymentItIsAbout) {
    const auto notice = read_event(R"({"id":"evt_1","object":"event","type":"payment_intent.succeeded",)"
                                   R"("data":{"object":{"id":"pi_1","metadata":{"payment":"p1","attempt":"2"}}}})");
    ASSERT_TRUE(notice);
    EXPECT_EQ(notice->event, "evt_1");
    EXPECT_EQ(notice->kind, "payment_intent.succeeded");
    EXPECT_EQ(notice->payment, "p1");
}

TEST(StripeEvent, MayBeAboutSomethingElse) {
    for (const char* data : {"", R"(,"data":null)", R"(,"data":{"object":[]})", R"(,"data":{"object":{"metadata":{}}})",
                             R"(,"data":{"object":{"metadata":{"payment":7}}})"}) {
        const auto notice = read_event(std::string(R"({"id":"evt_1","object":"event","type":"x")") + data + "}");
        ASSERT_TRUE(notice) << data;
        EXPECT_EQ(notice->payment, "") << data;
    }
}

TEST(StripeEvent, IsOfVersionOne) {
    for (const char* other :
         {"", "[]", "{", R"({"id":"evt_1"})", R"({"id":"evt_1","object":"v2.core.event","type":"x"})",
          R"({"id":"pi_1","object":"event","type":"x"})", R"({"id":"evt_1","object":"event"})",
          "{\"id\":\"evt_\\n1\",\"object\":\"event\",\"type\":\"x\"}"}) {
        EXPECT_FALSE(read_event(other)) << other;
    }
}

TEST(StripeNotices, AreSignedEvents) {
    FakeClock clock{then};
    const StripeNotices notices{std::string(secret), clock};
    EXPECT_FALSE(notices.read(header(right), body)) << "signed, and no event";
    const std::string event = R"({"id":"evt_1","object":"event","type":"x"})";
    const std::string signed_text = "1700000000." + event;
    const std::span key{reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size()};
    const std::string mark = header(crypto::hex(crypto::view(crypto::hmac_sha256(key, signed_text))));
    EXPECT_EQ(notices.read(mark, event)->event, "evt_1");
    clock.advance(seconds{301});
    EXPECT_FALSE(notices.read(mark, event)) << "replayed too late";
}

}  // namespace
}  // namespace safargo::stripe
