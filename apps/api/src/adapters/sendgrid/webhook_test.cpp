// Which calls of the webhook are SendGrid's, and what they say.
#include "adapters/sendgrid/webhook.hpp"

#include "core/base64.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace safargo::sendgrid {
namespace {

using namespace std::chrono_literals;
using enum Receipt::Outcome;

// SendGrid's half of the key.
class Signer {
public:
    Signer() : key_(EVP_EC_gen("P-256"), EVP_PKEY_free) {}

    std::string public_key() const {
        unsigned char* der = nullptr;
        const int size = i2d_PUBKEY(key_.get(), &der);
        const std::string text(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
        OPENSSL_free(der);
        return base64(text);
    }
    std::string sign(const std::string& text) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
        std::size_t size = 0;
        std::vector<unsigned char> signature(256);
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
        EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size());
        if (EVP_DigestSign(context.get(), signature.data(), &size, bytes, text.size()) != 1)
            throw std::runtime_error("not signed");
        return base64({reinterpret_cast<const char*>(signature.data()), size});
    }

private:
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
};

class SendGridReportsTest : public ::testing::Test {
protected:
    void sign() { signature = signer.sign(timestamp + body); }
    std::optional<std::vector<DeliveryReport>> read() const {
        const auto header = [this](std::string_view name) -> std::string_view {
            if (name == "X-Twilio-Email-Event-Webhook-Signature") return signature;
            return name == "X-Twilio-Email-Event-Webhook-Timestamp" ? timestamp : std::string_view();
        };
        return SendGridReports(signer.public_key(), clock).read({"", body, header});
    }
    std::optional<std::vector<DeliveryReport>> read_signed() {
        sign();
        return read();
    }

    FakeClock clock{Instant{1'700'000'000s}};
    Signer signer;
    std::string timestamp = "1700000000";
    std::string body =
        R"([{"email":"amel@example.dz","timestamp":1700000000,"smtp-id":"<x@y>","event":"delivered",)"
        R"("sg_event_id":"e1","sg_message_id":"KuXE8xcXS1uxZ2fB3SF5lw.recvd-1","safargo_key":"outbox:7"}])";
    std::string signature;
};

TEST_F(SendGridReportsTest, AreReadWithOurKey) {
    const auto reports = read_signed();
    ASSERT_TRUE(reports);
    ASSERT_EQ(reports->size(), 1U);
    EXPECT_EQ(reports->front().key, "outbox:7");
    EXPECT_EQ(reports->front().receipt.outcome, delivered);
    EXPECT_EQ(reports->front().receipt.provider_id, "KuXE8xcXS1uxZ2fB3SF5lw");
}

TEST_F(SendGridReportsTest, ForgedOnesAreRefused) {
    sign();
    const std::string good_body = body, good_signature = signature;
    for (std::size_t i = 0; i < body.size(); i += 7) {
        body[i] = static_cast<char>(body[i] ^ 1);
        EXPECT_FALSE(read()) << "byte " << i;
        body = good_body;
    }
    body += '\n';
    EXPECT_FALSE(read());
    body = good_body;
    timestamp = "1700000001";
    EXPECT_FALSE(read());
    timestamp = "1700000000";
    for (const std::string& other : {std::string(), std::string("AAAA"), good_signature.substr(4), good_signature + ' ',
                                     Signer().sign(timestamp + body)}) {
        signature = other;
        EXPECT_FALSE(read()) << other;
    }
    signature = good_signature;
    EXPECT_TRUE(read());
}

TEST_F(SendGridReportsTest, StaleOnesAreRefused) {
    sign();
    clock.advance(10min);
    EXPECT_TRUE(read());
    clock.advance(1us);
    EXPECT_FALSE(read());
    clock.set(Instant{1'700'000'000s} - 10min);
    EXPECT_TRUE(read());
    clock.advance(-1us);
    EXPECT_FALSE(read());
}

TEST_F(SendGridReportsTest, TheirTimeIsANumber) {
    for (const char* other : {"", " 1700000000", "1700000000 ", "+1700000000", "-1", "1700000000.0", "0x6553f100",
                              "99999999999999999999", "100000000001"}) {
        timestamp = other;
        EXPECT_FALSE(read_signed()) << other;
    }
}

TEST_F(SendGridReportsTest, UnreadableOnesAreRefused) {
    for (const char* other : {"", "{}", "[", "[1]", "[null]", "[[]]", "[{},]", "[] x"}) {
        body = other;
        EXPECT_FALSE(read_signed()) << other;
    }
    body = '[';
    for (int i = 0; i < 10'001; ++i) body += i == 0 ? "{}" : ",{}";
    body += ']';
    EXPECT_FALSE(read_signed());
}

TEST_F(SendGridReportsTest, OfOtherMailAreLeftOut) {
    body = R"([{"event":"delivered"},{"event":"delivered","safargo_key":7},{"event":"delivered","safargo_key":""},)"
           R"({"event":"open","safargo_key":"outbox:7"},{"safargo_key":"outbox:7"},{}])";
    const auto reports = read_signed();
    ASSERT_TRUE(reports);
    EXPECT_TRUE(reports->empty());
}

TEST_F(SendGridReportsTest, SayWhatBecameOfTheMail) {
    struct Row {
        const char* event;
        std::optional<Receipt::Outcome> outcome;
        const char* reason;
    };
    for (const auto& [event, outcome, reason] :
         {Row{R"("event":"processed")", accepted, ""}, Row{R"("event":"deferred","response":"450")", accepted, ""},
          Row{R"("event":"delivered")", delivered, ""},
          Row{R"("event":"bounce","type":"bounce","status":"5.1.1")", unknown_recipient, "bounce"},
          Row{R"("event":"bounce","type":"bounce","bounce_classification":"Invalid Address")", unknown_recipient,
              "bounce"},
          Row{R"("event":"bounce","type":"bounce","status":"5.2.2")", rejected, "bounce"},
          Row{R"("event":"bounce","type":"blocked","status":"5.1.1")", rejected, "blocked"},
          Row{R"("event":"bounce")", rejected, "bounce"},
          Row{R"("event":"dropped","reason":"Bounced Address")", unknown_recipient, "dropped"},
          Row{R"("event":"dropped","reason":"Unsubscribed Address")", unsubscribed, "dropped"},
          Row{R"("event":"dropped","reason":"Spam Reporting Address")", unsubscribed, "dropped"},
          Row{R"("event":"dropped","reason":"Spam Content")", rejected, "dropped"},
          Row{R"("event":"spamreport")", unsubscribed, "spamreport"},
          Row{R"("event":"unsubscribe")", unsubscribed, "unsubscribe"},
          Row{R"("event":"group_unsubscribe")", unsubscribed, "group_unsubscribe"},
          Row{R"("event":"open")", std::nullopt, ""}, Row{R"("event":"click")", std::nullopt, ""},
          Row{R"("event":"something new")", std::nullopt, ""}}) {
        body = std::string("[{") + event + R"(,"safargo_key":"outbox:7"}])";
        const auto reports = read_signed();
        ASSERT_TRUE(reports) << event;
        ASSERT_EQ(reports->empty(), !outcome) << event;
        if (!outcome) continue;
        EXPECT_EQ(reports->front().receipt.outcome, *outcome) << event;
        EXPECT_EQ(reports->front().receipt.reason, reason) << event;
    }
}

TEST(SendGridReports, NeedAPublicKey) {
    const FakeClock clock{Instant{}};
    for (const char* key : {"", "x", "AAAA", "-----BEGIN PUBLIC KEY-----"})
        EXPECT_THROW(SendGridReports(key, clock), std::invalid_argument) << key;
}

}  // namespace
}  // namespace safargo::sendgrid
