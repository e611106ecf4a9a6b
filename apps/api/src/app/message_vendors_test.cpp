// Who carries messages under which configuration.
#include "app/message_vendors.hpp"

#include "core/failures.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

namespace safargo::app {
namespace {

using platform::Health;

Config config_of(Environment environment, const std::string& twilio_sid) {
    Config config;
    config.environment = environment;
    config.jwt_secret = "0123456789abcdef0123456789abcdef";
    config.data_dir = SAFARGO_DATA_DIR;
    config.twilio_account_sid = twilio_sid;
    config.twilio_auth_token = "b7d1c9e25f3a48061c2d9e7f5a8b3c60";
    config.twilio_from = "SafarGo";
    config.twilio_api_base = "http://127.0.0.1:1";
    return config;
}

class MessageVendorsTest : public ::testing::Test {
protected:
    void build(Config config) {
        vendors.reset();
        shared = std::make_unique<Shared>(std::move(config));
        vendors = std::make_unique<MessageVendors>(*shared, testing::shared_context()->get_executor(), database.db());
    }
    void build(Environment environment, const std::string& twilio_sid = "") {
        build(config_of(environment, twilio_sid));
    }

    testing::TestDatabase database;
    std::unique_ptr<Shared> shared;
    std::unique_ptr<MessageVendors> vendors;
};

TEST_F(MessageVendorsTest, WithoutConfigurationProductionHasNone) {
    build(Environment::production);
    EXPECT_EQ(vendors->messengers().sms, nullptr);
    EXPECT_EQ(vendors->messengers().email, nullptr);
    EXPECT_EQ(vendors->reporters().twilio, nullptr);
    EXPECT_EQ(vendors->sms_check().now().shown, R"({"status":"disabled","latency_ms":null})");
}

TEST_F(MessageVendorsTest, BrowsersAreReachedWithAKeyOfOurs) {
    Config config = config_of(Environment::production, "");
    build(config);
    EXPECT_EQ(vendors->messengers().push, nullptr);
    EXPECT_EQ(vendors->push_key(), "");
    config.vapid_private_key = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";  // of RFC 8291
    config.vapid_contact = "mailto:ops@safargo.com";
    build(config);
    EXPECT_NE(vendors->messengers().push, nullptr);
    EXPECT_EQ(vendors->push_key(),
              "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
}

TEST_F(MessageVendorsTest, WithoutConfigurationDevelopmentHasTheDevOutbox) {
    build(Environment::development);
    const Messengers messengers = vendors->messengers();
    ASSERT_NE(messengers.sms, nullptr);
    ASSERT_NE(messengers.email, nullptr);
    testing::run(messengers.sms->deliver({.key = "outbox:1", .to = "+213550000001", .template_name = "otp"}));
    EXPECT_EQ(testing::run(database.db().query(db::Statement{"test_dev", "select count(*) from dev_messages"}))[0]
                  .get<std::int64_t>(0),
              1);
}

TEST_F(MessageVendorsTest, TwilioCarriesSmsInEveryEnvironment) {
    for (const Environment environment : {Environment::production, Environment::development}) {
        build(environment, "AC0123456789abcdef0123456789abcdef");
        ASSERT_NE(vendors->messengers().sms, nullptr);
        EXPECT_NE(vendors->reporters().twilio, nullptr);
        EXPECT_EQ(vendors->messengers().email == nullptr, environment == Environment::production);
    }
}

TEST_F(MessageVendorsTest, ATwilioThatIsAwayDegrades) {
    build(Environment::production, "AC0123456789abcdef0123456789abcdef");
    EXPECT_EQ(vendors->sms_check().now().shown, R"({"status":"ok","latency_ms":null})") << "not asked yet";
    EXPECT_THROW(testing::run(vendors->messengers().sms->deliver({.key = "outbox:1", .to = "+213550000001"})),
                 DependencyUnavailable);
    EXPECT_EQ(vendors->sms_check().now().shown, R"({"status":"down","latency_ms":null})");
    EXPECT_EQ(vendors->sms_check().now().health, Health::degraded);
    EXPECT_TRUE(vendors->sms_check().now().serves);
}

TEST_F(MessageVendorsTest, SendGridCarriesMailAndReportsWithItsKeyAlone) {
    Config config = config_of(Environment::production, "");
    config.sendgrid_api_key = "SG.the-key-of-a-double";
    config.sendgrid_from = "no-reply@safargo.test";
    config.sendgrid_api_base = "http://127.0.0.1:1";
    build(config);
    EXPECT_EQ(vendors->messengers().sms, nullptr);
    ASSERT_NE(vendors->messengers().email, nullptr);
    EXPECT_EQ(vendors->reporters().sendgrid, nullptr);
    EXPECT_THROW(testing::run(vendors->messengers().email->deliver({.key = "outbox:1", .to = "a@example.dz"})),
                 DependencyUnavailable);
    EXPECT_EQ(vendors->mail_check().now().health, Health::degraded);
    config.sendgrid_webhook_key =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEvyLjVqDSypE7PAVmS3Wxo98Ivv+cC+fAx7/"
        "0d3ExpakGxQIz4K6JSLZMbzOOqCPShzwOJoxJICm4uMzc2i3TTw==";
    build(config);
    EXPECT_NE(vendors->reporters().sendgrid, nullptr);
}

TEST(WebhookAddress, IsWhereTheVendorCanReachIt) {
    const std::string vendor = "https://api.twilio.com", twin = "http://127.0.0.1:4711";
    const std::string path = "/api/v1/notifications/webhook/twilio";
    EXPECT_EQ(webhook_address("https://api.safargo.com", vendor, "twilio"), "https://api.safargo.com" + path);
    EXPECT_EQ(webhook_address("", vendor, "twilio"), "");
    EXPECT_EQ(webhook_address("http://127.0.0.1:3000", vendor, "twilio"), "");
    EXPECT_EQ(webhook_address("http://localhost:3000", vendor, "twilio"), "");
    EXPECT_EQ(webhook_address("http://127.0.0.1:3000", twin, "twilio"), "http://127.0.0.1:3000" + path);
}

}  // namespace
}  // namespace safargo::app
