// Who takes payments under which configuration.
#include "app/payment_vendors.hpp"

#include "core/failures.hpp"
#include "testing/run_task.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace safargo::app {
namespace {

using platform::Health;

class PaymentVendorsTest : public ::testing::Test {
protected:
    void build(const std::string& key, const std::string& web_url = "https://safargo.test") {
        Config config;
        config.environment = Environment::production;
        config.jwt_secret = "0123456789abcdef0123456789abcdef";
        config.data_dir = SAFARGO_DATA_DIR;
        config.web_url = web_url;
        config.stripe_secret_key = key;
        config.stripe_webhook_secret = "whsec_0123456789abcdef";
        config.stripe_api_base = "http://127.0.0.1:1";
        vendors.reset();
        shared = std::make_unique<Shared>(std::move(config));
        vendors = std::make_unique<PaymentVendors>(*shared, testing::shared_context()->get_executor());
    }

    std::unique_ptr<Shared> shared;
    std::unique_ptr<PaymentVendors> vendors;
};

TEST_F(PaymentVendorsTest, WithoutAKeyOrAWebSiteNobodyTakesCards) {
    build("");
    EXPECT_EQ(vendors->stripe(), nullptr);
    EXPECT_EQ(vendors->stripe_notices(), nullptr);
    EXPECT_EQ(vendors->stripe_check().now().shown, R"({"status":"disabled","latency_ms":null})");
    build("sk_test_0123456789abcdef", "");
    EXPECT_EQ(vendors->stripe(), nullptr);
}

TEST_F(PaymentVendorsTest, AStripeThatIsAwayDegrades) {
    build("sk_test_0123456789abcdef");
    ASSERT_NE(vendors->stripe(), nullptr);
    EXPECT_NE(vendors->stripe_notices(), nullptr);
    EXPECT_EQ(vendors->stripe_check().now().shown, R"({"status":"ok","latency_ms":null})") << "not asked yet";
    const AttemptName name{.payment = "p1", .reference = "cs_1"};
    EXPECT_THROW(testing::run(vendors->stripe()->find(name)), DependencyUnavailable);
    EXPECT_EQ(vendors->stripe_check().now().shown, R"({"status":"down","latency_ms":null})");
    EXPECT_EQ(vendors->stripe_check().now().health, Health::degraded);
    EXPECT_TRUE(vendors->stripe_check().now().serves);
}

}  // namespace
}  // namespace safargo::app
