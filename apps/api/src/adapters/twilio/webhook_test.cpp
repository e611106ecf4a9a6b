// Which calls of the webhook are Twilio's, and what they say.
#include "adapters/twilio/webhook.hpp"

#include "core/base64.hpp"
#include "core/percent_encoding.hpp"

#include <gtest/gtest.h>

#include <map>

namespace safargo::twilio {
namespace {

using enum Receipt::Outcome;

// OPERATIONS, section 16.
constexpr const char* documented_url = "https://mycompany.com/myapp.php?foo=1&bar=2";
const Parameters documented_form{{"CallSid", "CA1234567890ABCDE"},
                                 {"Caller", "+14158675309"},
                                 {"Digits", "1234"},
                                 {"From", "+14158675309"},
                                 {"To", "+18005551212"}};

TEST(TwilioSignature, GivesTheVectors) {
    EXPECT_EQ(signature_of("12345", Digest::sha1, documented_url, documented_form), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    EXPECT_EQ(signature_of("12345", Digest::sha256, documented_url, documented_form),
              "033hgUJA9M/hXIZsYjwkerEP/DBm35nEri5FhCYjA5s=");
}

TEST(TwilioSignature, DoesNotDependOnTheOrderOfTheForm) {
    const Parameters backwards(documented_form.rbegin(), documented_form.rend());
    EXPECT_EQ(signature_of("12345", Digest::sha1, documented_url, backwards), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
}

TEST(TwilioSignature, TheDefaultPortMayBeNamed) {
    EXPECT_EQ(other_spelling("https://a.dz/x?y:1"), "https://a.dz:443/x?y:1");
    EXPECT_EQ(other_spelling("https://a.dz:443/x"), "https://a.dz/x");
    EXPECT_EQ(other_spelling("http://a.dz?x"), "http://a.dz:80?x");
    EXPECT_EQ(other_spelling("http://a.dz:80"), "http://a.dz");
    EXPECT_EQ(other_spelling("https://a.dz:8443/x"), "https://a.dz:8443/x");
    EXPECT_EQ(other_spelling("https://[::1]/x"), "https://[::1]:443/x");
    EXPECT_EQ(other_spelling("https://[::1]:443/x"), "https://[::1]/x");
}

class TwilioReportsTest : public ::testing::Test {
protected:
    // As Twilio calls; what a test changes afterwards was not signed.
    TwilioReportsTest() { sign(account.callback); }

    void sign(const std::string& callback, Digest digest = Digest::sha1) {
        signature = signature_of(account.auth_token, digest, query.empty() ? callback : callback + '?' + query,
                                 Parameters(form.begin(), form.end()));
    }
    std::optional<std::vector<DeliveryReport>> read() const {
        std::string body;
        for (const auto& [name, value] : form)
            body.append(body.empty() ? "" : "&").append(name).append("=").append(percent_encode(value));
        return read_body(body);
    }
    std::optional<std::vector<DeliveryReport>> read_body(const std::string& body) const {
        const auto header = [this](std::string_view name) -> std::string_view {
            if (name == "X-Twilio-Signature") return signature;
            return name == "X-Twilio-Webhooks-Signature-Settings" ? settings : std::string_view();
        };
        return TwilioReports(account).read({query, body, header});
    }
    // Signed as it stands.
    std::optional<std::vector<DeliveryReport>> read_signed() {
        sign(account.callback);
        return read();
    }

    Account account{.sid = "AC0123456789abcdef0123456789abcdef",
                    .auth_token = "b7d1c9e25f3a48061c2d9e7f5a8b3c60",
                    .from = "+12025550143",
                    .api_base = "https://api.twilio.com",
                    .callback = "https://api.safargo.test/api/v1/notifications/webhook/twilio"};
    std::string query = "key=outbox%3A7";
    std::map<std::string, std::string, std::less<>> form{
        {"AccountSid", account.sid},    {"ApiVersion", "2010-04-01"},
        {"From", account.from},         {"MessageSid", "SM0123456789abcdef0123456789abcdef"},
        {"MessageStatus", "delivered"}, {"SmsSid", "SM0123456789abcdef0123456789abcdef"},
        {"SmsStatus", "delivered"},     {"To", "+213550000001"}};
    std::string signature, settings;
};

TEST_F(TwilioReportsTest, AreReadWithOurKey) {
    const auto reports = read();
    ASSERT_TRUE(reports);
    ASSERT_EQ(reports->size(), 1U);
    EXPECT_EQ(reports->front().key, "outbox:7");
    EXPECT_EQ(reports->front().receipt.outcome, delivered);
    EXPECT_EQ(reports->front().receipt.provider_id, "SM0123456789abcdef0123456789abcdef");
}

TEST_F(TwilioReportsTest, SayWhyAMessageFailed) {
    form["MessageStatus"] = "undelivered";
    form["ErrorCode"] = "30005";
    const auto reports = read_signed();
    ASSERT_TRUE(reports);
    EXPECT_EQ(reports->front().receipt.outcome, unknown_recipient);
    EXPECT_EQ(reports->front().receipt.reason, "30005");
}

TEST_F(TwilioReportsTest, MayHaveFieldsThatAreNewToUs) {
    form["SomethingNew"] = "";
    form["Body"] = "é + &";
    EXPECT_TRUE(read_signed());
}

TEST_F(TwilioReportsTest, MaySignTheDefaultPort) {
    sign("https://api.safargo.test:443/api/v1/notifications/webhook/twilio");
    EXPECT_TRUE(read());
    sign("https://api.safargo.test:8443/api/v1/notifications/webhook/twilio");
    EXPECT_FALSE(read());
}

TEST_F(TwilioReportsTest, MaySignWithSha256) {
    sign(account.callback, Digest::sha256);
    EXPECT_FALSE(read()) << "unless the header says so";
    settings = "key=1,algorithm=HMAC_SHA256";
    EXPECT_TRUE(read());
    sign(account.callback);
    EXPECT_FALSE(read());
    for (const char* other : {"algorithm=HMAC_MD5", "algorithm=", "key=1", "none", "algorithm=hmac_sha256"}) {
        settings = other;
        EXPECT_FALSE(read()) << other;
    }
}

TEST_F(TwilioReportsTest, ForgedOnesAreRefused) {
    for (auto& [name, value] : form) {
        const std::string good = std::exchange(value, value + '1');
        EXPECT_FALSE(read()) << name;
        value = good;
    }
    form["ErrorCode"] = "30003";
    EXPECT_FALSE(read());
    form.erase("ErrorCode");
    for (const char* other : {"key=outbox%3A8", "", "key=outbox:7", "key=outbox%3A7&x=1"}) {
        query = other;
        EXPECT_FALSE(read()) << other;
    }
    query = "key=outbox%3A7";
    ASSERT_TRUE(read());
    const std::string good = signature;
    for (const std::string& other : {std::string(), good.substr(1), good + '=', ' ' + good, std::string(28, 'A')}) {
        signature = other;
        EXPECT_FALSE(read()) << other;
    }
}

TEST_F(TwilioReportsTest, SignedByAnotherTokenAreRefused) {
    account.auth_token = "00000000000000000000000000000000";
    EXPECT_FALSE(read());
}

TEST_F(TwilioReportsTest, OfAnotherAccountAreRefused) {
    form["AccountSid"] = "AC00000000000000000000000000000000";
    EXPECT_FALSE(read_signed());
    form.erase("AccountSid");
    EXPECT_FALSE(read_signed());
}

TEST_F(TwilioReportsTest, UnreadableOnesAreRefused) {
    for (const auto& [name, value] : {std::pair{"MessageSid", ""},
                                      {"MessageSid", "SM1"},
                                      {"MessageStatus", ""},
                                      {"ErrorCode", "x"},
                                      {"ErrorCode", "-1"}}) {
        const auto good = form;
        form[name] = value;
        EXPECT_FALSE(read_signed()) << name;
        form = good;
    }
    query = "";
    EXPECT_FALSE(read_signed()) << "not a callback of ours";
    query = "key=" + std::string(200, 'x');
    EXPECT_FALSE(read_signed());
    query = "key=outbox%3A7";
    sign(account.callback);
    for (const char* body : {"", "%", "{}", "AccountSid=%zz", "a=1&a=1"}) EXPECT_FALSE(read_body(body)) << body;
}

}  // namespace
}  // namespace safargo::twilio
