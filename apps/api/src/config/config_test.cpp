#include "config/config.hpp"

#include "config/cpu_quota.hpp"
#include "config/variables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace safargo {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using Variables = std::map<std::string, std::string, std::less<>>;

const Variables minimal{{"DATABASE_URL", "postgresql://safargo:hunter2@db/safargo"},
                        {"JWT_SECRET", "0123456789abcdef0123456789abcdef"}};

auto read(Variables variables) {
    return read_config([variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    });
}

Variables with(Variables more) {
    more.insert(minimal.begin(), minimal.end());
    return more;
}

TEST(Config, ProductionNeedsOnlyTwoSecrets) {
    const auto config = read(minimal);
    ASSERT_TRUE(config);
    EXPECT_FALSE(config->development());
    EXPECT_EQ(config->bind, "0.0.0.0");
    EXPECT_EQ(config->port, 3000);
    EXPECT_TRUE(config->kyc_required);
    EXPECT_EQ(config->trip_start_window, std::chrono::hours{2});
    EXPECT_EQ(config->settlement_delay, std::chrono::hours{24});
    EXPECT_EQ(config->database_direct_url, config->database_url);
}

TEST(Config, ProductionTrustsOnlyConfiguredOrigins) {
    EXPECT_THAT(read(minimal)->cors_origins, testing::IsEmpty());
    EXPECT_EQ(read(minimal)->web_url, "");
    EXPECT_THAT(read(with({{"WEB_URL", "https://safargo.com"}}))->cors_origins,
                testing::ElementsAre("https://safargo.com"));
    EXPECT_THAT(read(with({{"SAFARGO_ENV", "development"}}))->cors_origins,
                testing::ElementsAre("http://127.0.0.1:3001", "http://localhost:3001"));
}

TEST(Config, DevelopmentTreatsBothNamesOfThisMachineAsOneOrigin) {
    const auto origins = [](const char* web_url, const char* environment) {
        return read(with({{"SAFARGO_ENV", environment}, {"WEB_URL", web_url}}))->cors_origins;
    };
    EXPECT_THAT(origins("http://localhost:3005", "development"),
                testing::ElementsAre("http://localhost:3005", "http://127.0.0.1:3005"));
    EXPECT_THAT(origins("https://safargo.com", "development"), testing::ElementsAre("https://safargo.com"));
    EXPECT_THAT(origins("http://localhost:3005", "production"), testing::ElementsAre("http://localhost:3005"));
}

TEST(Config, DailyLimitsAreOffInDevelopmentUnlessSet) {
    const auto production = read(minimal);
    EXPECT_EQ(production->trips_per_day, 4U);
    EXPECT_EQ(production->publications_per_day, 8U);
    EXPECT_EQ(production->otp_daily_limit, 10U);
    EXPECT_EQ(production->contest_window, std::chrono::hours{24});
    EXPECT_EQ(production->dispute_window, std::chrono::hours{48});
    const auto development = read(with({{"SAFARGO_ENV", "development"}, {"OTP_DAILY_LIMIT", "3"}}));
    EXPECT_FALSE(development->publications_per_day);
    EXPECT_EQ(development->otp_daily_limit, 3U);
    EXPECT_EQ(development->dispute_window, std::chrono::hours{48});
}

TEST(Config, StagingRunsAsProduction) {
    EXPECT_FALSE(read(with({{"SAFARGO_ENV", "staging"}}))->development());
    EXPECT_FALSE(read(with({{"SAFARGO_ENV", "stage"}})));
}

TEST(Config, DevelopmentBindsLoopbackOnly) {
    const auto config = read(with({{"SAFARGO_ENV", "development"}}));
    ASSERT_TRUE(config);
    EXPECT_EQ(config->bind, "127.0.0.1");
    EXPECT_FALSE(config->trip_start_window);
    EXPECT_EQ(config->settlement_delay.count(), 0);
    const auto open = read(with({{"SAFARGO_ENV", "development"}, {"BIND", "0.0.0.0"}}));
    ASSERT_FALSE(open);
    EXPECT_THAT(open.error(), Contains(HasSubstr("BIND")));
}

TEST(Config, NodeEnvironmentIsTheFallback) {
    EXPECT_TRUE(read(with({{"NODE_ENV", "development"}}))->development());
    EXPECT_FALSE(read(with({{"NODE_ENV", "development"}, {"SAFARGO_ENV", "production"}}))->development());
}

TEST(Config, ListsEveryWrongNameButNoValue) {
    const auto config = read({{"JWT_SECRET", "changeme-changeme-changeme-changeme"},
                              {"PORT", "http"},
                              {"KYC_REQUIRED", "maybe"},
                              {"DRAIN_DELAY", "5 parsecs"},
                              {"BOARDING_SIGNING_KEY", "abc"}});
    ASSERT_FALSE(config);
    for (const char* name :
         {"DATABASE_URL", "JWT_SECRET", "PORT", "KYC_REQUIRED", "DRAIN_DELAY", "BOARDING_SIGNING_KEY"}) {
        EXPECT_THAT(config.error(), Contains(HasSubstr(name)));
    }
    for (const std::string& problem : config.error()) {
        EXPECT_THAT(problem, Not(HasSubstr("changeme")));
        EXPECT_THAT(problem, Not(HasSubstr("parsecs")));
    }
}

TEST(Config, ListsAndAddressesAreCheckedWithTheRest) {
    const Variables wrong{{"BIND", "hunter2"},
                          {"LOG_LEVEL", "hunter2"},
                          {"PUBLIC_URL", "hunter2"},
                          {"WEB_URL", "https://hunter2.dz/path"},
                          {"CORS_ORIGINS", "https://a.dz,hunter2"},
                          {"TRUSTED_PROXIES", "10.0.0.0/8,hunter2"},
                          {"DATABASE_DIRECT_URL", "hunter2"},
                          {"CONNECTIONS_PER_CLIENT", "0"}};
    const auto config = read(with(wrong));
    ASSERT_FALSE(config);
    for (const auto& [name, unused] : wrong) EXPECT_THAT(config.error(), Contains(HasSubstr(name)));
    EXPECT_EQ(config.error().size(), wrong.size());
    for (const std::string& problem : config.error()) EXPECT_THAT(problem, Not(HasSubstr("hunter2")));
}

TEST(Config, RefusesWeakSecrets) {
    const std::pair<const char*, std::string> wrong[] = {{"JWT_SECRET", ""},
                                                         {"JWT_SECRET", std::string(40, 'a')},
                                                         {"JWT_SECRET", "replace-me-with-openssl-rand-base64-48"},
                                                         {"JWT_SECRET", "my_change_me_0123456789abcdef0123456789"},
                                                         {"JWT_SECRET", "abababababababababababababababababab"},
                                                         {"JWT_SECRET_PREVIOUS", "short"},
                                                         {"METRICS_TOKEN", "changeme"},
                                                         {"METRICS_TOKEN", "k3Jx9"},
                                                         {"BOARDING_SIGNING_KEY", std::string(64, '0')},
                                                         {"BOARDING_SIGNING_KEY", "b3f0c1d2e4a59687"},
                                                         {"DATABASE_URL", ""},
                                                         {"DATABASE_URL", "postgresql://..."},
                                                         {"DATABASE_URL", "postgresql://user:changeme@db/safargo"},
                                                         {"DATABASE_URL", "postgresql://<user>@db/safargo"},
                                                         {"DATABASE_URL", "mysql://safargo@db/safargo"},
                                                         {"DATABASE_URL", "postgresql://safargo@db:http/safargo"},
                                                         {"DATABASE_DIRECT_URL", "postgresql://safargo@d b/safargo"}};
    for (const auto& [name, value] : wrong) {
        Variables variables = minimal;
        variables[name] = value;
        const auto config = read(variables);
        ASSERT_FALSE(config) << name << '=' << value;
        EXPECT_THAT(config.error(), Contains(HasSubstr(name)));
        EXPECT_EQ(config.error().size(), 1U) << name << '=' << value;
    }
}

TEST(Config, TakesRealSecrets) {
    EXPECT_TRUE(read(with({{"METRICS_TOKEN", "q8Zt0Vw2Lk5Rb7Yn"},
                           {"BOARDING_SIGNING_KEY", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
                           {"JWT_SECRET_PREVIOUS", "Yk1x8z0PqLw3vN5sT7uR9aB2cD4eF6gH"}})));
}

TEST(Config, ReadsDurationsAndLists) {
    const auto config = read(with(
        {{"SETTLEMENT_DELAY", "90m"}, {"TRIP_START_WINDOW", "45"}, {"CORS_ORIGINS", "https://a.dz, https://b.dz"}}));
    ASSERT_TRUE(config);
    EXPECT_EQ(config->settlement_delay, std::chrono::minutes{90});
    EXPECT_EQ(config->trip_start_window, std::chrono::seconds{45});
    EXPECT_EQ(config->cors_origins, (std::vector<std::string>{"https://a.dz", "https://b.dz"}));
}

TEST(Config, IgnoresOtherVariables) {
    std::set<std::string, std::less<>> known;
    for (const Variable& variable : known_variables()) known.emplace(variable.name);
    const auto config = read_config([&](std::string_view name) -> std::optional<std::string> {
        EXPECT_TRUE(known.contains(name)) << name;
        return std::nullopt;
    });
    EXPECT_FALSE(config);
}

TEST(CpuQuota, FollowsTheCgroup) {
    EXPECT_EQ(cpus_of("50000 100000", 8), 1);
    EXPECT_EQ(cpus_of("200000 100000", 8), 2);
    EXPECT_EQ(cpus_of("max 100000", 4), 4);
    EXPECT_EQ(cpus_of("", 0), 1);
}

TEST(Config, StoresAreChosenByOneVariableEach) {
    const auto none = read(minimal);
    EXPECT_EQ(none->redis_url + none->opensearch_url + none->s3_region, "");
    EXPECT_EQ(none->api_replicas, 2U);
    EXPECT_EQ(none->s3_uploads_bucket, "safargo-uploads");
    const auto all = read(with({{"REDIS_URL", "rediss://:hunter2@a:6379,b:6379"},
                                {"OPENSEARCH_URL", "https://app:hunter2@search:9200"},
                                {"S3_REGION", "eu-west-3"}}));
    EXPECT_EQ(all->redis_url, "rediss://:hunter2@a:6379,b:6379");
    EXPECT_EQ(all->opensearch_url, "https://app:hunter2@search:9200");
    EXPECT_EQ(all->s3_region, "eu-west-3");
}

TEST(Config, ASmsVendorIsChosenWholeOrNotAtAll) {
    const auto none = read(minimal);
    EXPECT_EQ(none->twilio_account_sid, "");
    EXPECT_EQ(none->twilio_api_base, "https://api.twilio.com");
    const auto part = read(with({{"TWILIO_AUTH_TOKEN", "b7d1c9e25f3a48061c2d9e7f5a8b3c60"}}));
    EXPECT_EQ(part->twilio_auth_token, "");
    EXPECT_THAT(part->incomplete_groups, Contains("twilio is switched off without TWILIO_ACCOUNT_SID, TWILIO_FROM"));
    const auto all = read(with({{"TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef"},
                                {"TWILIO_AUTH_TOKEN", "b7d1c9e25f3a48061c2d9e7f5a8b3c60"},
                                {"TWILIO_FROM", "+12025550143"}}));
    EXPECT_EQ(all->twilio_account_sid, "AC0123456789abcdef0123456789abcdef");
    EXPECT_EQ(all->twilio_from, "+12025550143");
    const auto placeholder = read(with({{"TWILIO_AUTH_TOKEN", "..."}}));
    ASSERT_FALSE(placeholder);
    EXPECT_THAT(placeholder.error(), Contains(HasSubstr("TWILIO_AUTH_TOKEN")));
}

TEST(Config, AMailVendorIsChosenWholeOrNotAtAll) {
    const auto part = read(with({{"SENDGRID_API_KEY", "SG.q8Zt0Vw2Lk5Rb7YnXs"}}));
    EXPECT_EQ(part->sendgrid_api_key, "");
    EXPECT_THAT(part->incomplete_groups, Contains("sendgrid is switched off without SENDGRID_FROM"));
    const auto all =
        read(with({{"SENDGRID_API_KEY", "SG.q8Zt0Vw2Lk5Rb7YnXs"}, {"SENDGRID_FROM", "no-reply@safargo.com"}}));
    EXPECT_EQ(all->sendgrid_api_key, "SG.q8Zt0Vw2Lk5Rb7YnXs");
    EXPECT_EQ(all->sendgrid_webhook_key, "") << "reports are a choice of their own";
    EXPECT_FALSE(read(with({{"SENDGRID_WEBHOOK_KEY", "AAAA"}})));
}

TEST(Config, WebPushHasAKeyAndAContact) {
    const std::string key = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";  // of RFC 8291
    EXPECT_EQ(read(minimal)->vapid_private_key, "");
    EXPECT_THAT(read(with({{"VAPID_PRIVATE_KEY", key}}))->incomplete_groups,
                Contains("webpush is switched off without VAPID_CONTACT"));
    for (const char* contact : {"mailto:ops@safargo.com", "https://safargo.com", "https://safargo.com/contact"})
        EXPECT_EQ(read(with({{"VAPID_PRIVATE_KEY", key}, {"VAPID_CONTACT", contact}}))->vapid_contact, contact);
    for (const char* contact : {"ops@safargo.com", "mailto:", "http://safargo.com", "https://", "https:///x"})
        EXPECT_FALSE(read(with({{"VAPID_PRIVATE_KEY", key}, {"VAPID_CONTACT", contact}}))) << contact;
    for (const char* bad : {"AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "not base64url"})
        EXPECT_FALSE(read(with({{"VAPID_PRIVATE_KEY", bad}, {"VAPID_CONTACT", "mailto:ops@safargo.com"}}))) << bad;
}

TEST(Config, PlaceholdersInUrlsOfStoresAreRefused) {
    for (const char* name : {"REDIS_URL", "OPENSEARCH_URL"}) {
        const std::string scheme = std::string(name) == "REDIS_URL" ? "rediss://" : "https://";
        const auto refused = read(with({{name, scheme + "u:changeme@host:1"}}));
        ASSERT_FALSE(refused);
        EXPECT_THAT(refused.error(), Contains(HasSubstr(name)));
        EXPECT_THAT(refused.error(), Not(Contains(HasSubstr("changeme"))));
    }
}

}  // namespace
}  // namespace safargo
