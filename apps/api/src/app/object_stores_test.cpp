#include "app/object_stores.hpp"

#include "testing/run_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace safargo::app {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Config config(Environment environment, std::string s3_region = "") {
    Config config;
    config.environment = environment;
    config.jwt_secret = "object-stores-test-secret-of-32-bytes!";
    config.data_dir = SAFARGO_DATA_DIR;
    config.public_url = "http://127.0.0.1:3000";
    config.s3_region = std::move(s3_region);
    config.s3_uploads_bucket = "safargo-uploads";
    config.s3_places_bucket = "safargo-places";
    return config;
}

const ObjectName picture{.bucket = Bucket::uploads, .key = "public/pictures/1.webp"};

TEST(ObjectStores, AreAFolderInDevelopment) {
    Shared shared(config(Environment::development));
    ObjectStores stores(shared, testing::shared_context()->get_executor());
    ASSERT_NE(stores.store(), nullptr);
    EXPECT_EQ(stores.store()->public_url(picture),
              "http://127.0.0.1:3000/dev/objects/uploads?key=public/pictures/1.webp");
    http::Router router;
    stores.add_development_routes(router);
    EXPECT_EQ(router.size(), 2U);
    EXPECT_THAT(stores.health_check().now().shown, HasSubstr("disabled"));
    EXPECT_THAT(stores.jobs(), IsEmpty());
}

TEST(ObjectStores, AreOffInProductionWithoutS3) {
    Shared shared(config(Environment::production));
    ObjectStores stores(shared, testing::shared_context()->get_executor());
    EXPECT_EQ(stores.store(), nullptr);
    EXPECT_THAT(stores.health_check().now().shown, HasSubstr("disabled"));
}

TEST(ObjectStores, AreInTheConfiguredRegion) {
    for (const Environment environment : {Environment::development, Environment::production}) {
        Shared shared(config(environment, "eu-west-3"));
        ObjectStores stores(shared, testing::shared_context()->get_executor());
        ASSERT_NE(stores.store(), nullptr);
        EXPECT_EQ(stores.store()->public_url(picture),
                  "https://safargo-uploads.s3.eu-west-3.amazonaws.com/public/pictures/1.webp");
        http::Router router;
        stores.add_development_routes(router);
        EXPECT_EQ(router.size(), 0U);
        EXPECT_EQ(stores.health_check().name, "s3");
        EXPECT_THAT(stores.health_check().now().shown, HasSubstr("down"));
    }
}

TEST(ObjectStores, AskWhetherS3IsThere) {
    Config unreachable = config(Environment::production, "us-east-1");
    unreachable.s3_endpoint = "http://127.0.0.1:1";
    unreachable.aws_access_key_id = "key";
    unreachable.aws_secret_access_key = "secret";
    Shared shared(unreachable);
    ObjectStores stores(shared, testing::shared_context()->get_executor());
    const auto jobs = stores.jobs();
    ASSERT_THAT(jobs, SizeIs(1));
    testing::run(jobs.front().run(Instant{}));
    EXPECT_EQ(stores.health_check().now().health, platform::Health::degraded);
}

TEST(ObjectStores, SendNoTokenToAStranger) {
    Config wrong = config(Environment::production, "eu-west-3");
    wrong.aws_container_credentials_full_uri = "http://example.com/credentials";
    Shared shared(wrong);
    EXPECT_THROW(ObjectStores(shared, testing::shared_context()->get_executor()), std::invalid_argument);
}

}  // namespace
}  // namespace safargo::app
