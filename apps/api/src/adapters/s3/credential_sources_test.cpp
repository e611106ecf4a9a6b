#include "adapters/s3/credential_sources.hpp"

#include "core/failures.hpp"
#include "http/server.hpp"
#include "testing/run_task.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <stdexcept>

namespace safargo::s3 {
namespace {

using testing::run;

const std::string container_answer =
    R"({"RoleArn":"arn:aws:iam::1:role/api","AccessKeyId":"ASIA1","SecretAccessKey":"secret/1","Token":"token+1=",)"
    R"("Expiration":"2026-11-30T14:00:00Z"})";
const std::string sts_answer =
    "<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
    "<AssumeRoleWithWebIdentityResult><SubjectFromWebIdentityToken>system:serviceaccount:safargo:api"
    "</SubjectFromWebIdentityToken><Credentials><SessionToken>token+2=</SessionToken>"
    "<SecretAccessKey>secret/2</SecretAccessKey><Expiration>2026-11-30T15:00:00Z</Expiration>"
    "<AccessKeyId>ASIA2</AccessKeyId></Credentials></AssumeRoleWithWebIdentityResult>"
    "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleWithWebIdentityResponse>";

// An endpoint on loopback as ECS, EKS and STS have them; remembers the last request.
class Endpoint {
public:
    Endpoint() {
        server_.start();
        readiness_.set_ready();
    }

    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()); }

    void answers(int status, std::string body) {
        const std::lock_guard lock(mutex_);
        answer_ = {.status = status, .body = std::move(body)};
    }
    http::Request asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }

private:
    Task<http::Response> serve(http::Request& request) {
        const std::lock_guard lock(mutex_);
        asked_ = request;
        co_return answer_;
    }

    http::ThreadApp app() {
        http::ThreadApp app;
        const http::Handler handler = [this](http::Request& request) { return serve(request); };
        app.router.add({.pattern = "/credentials", .handler = handler});
        app.router.add({.method = http::Method::post, .pattern = "/", .handler = handler});
        return app;
    }

    mutable std::mutex mutex_;
    http::Response answer_{.body = container_answer};
    http::Request asked_;
    http::Readiness readiness_;
    http::Server server_{{}, [this](boost::asio::io_context&, unsigned) { return app(); }, readiness_};
};

class CredentialSources : public ::testing::Test {
protected:
    Credentials fetch(const CredentialsOptions& options) { return run(choose_source(options, client)->fetch()); }

    std::string token_file(std::string_view content) {
        std::string path = ::testing::TempDir() + "safargo-token-" + std::to_string(::getpid());
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }

    Endpoint endpoint;
    net::Client client{testing::shared_context()->get_executor(), {}};
};

TEST_F(CredentialSources, PreferOnesOwnKeys) {
    const Credentials keys = fetch({.access_key_id = "AKIA",
                                    .secret_access_key = "secret",
                                    .session_token = "token",
                                    .container_full_uri = endpoint.url() + "/credentials"});
    EXPECT_EQ(keys.access_key_id, "AKIA");
    EXPECT_EQ(keys.secret_access_key, "secret");
    EXPECT_EQ(keys.session_token, "token");
    EXPECT_FALSE(keys.expires_at);
}

TEST_F(CredentialSources, AskTheContainersEndpoint) {
    const Credentials keys =
        fetch({.container_full_uri = endpoint.url() + "/credentials", .container_token = "Basic abc"});
    EXPECT_EQ(keys.access_key_id, "ASIA1");
    EXPECT_EQ(keys.secret_access_key, "secret/1");
    EXPECT_EQ(keys.session_token, "token+1=");
    EXPECT_EQ(keys.expires_at, *parse_instant("2026-11-30T14:00:00Z"));
    EXPECT_EQ(endpoint.asked().header("authorization"), "Basic abc");
}

TEST_F(CredentialSources, ReadTheContainersTokenEachTime) {
    const CredentialsOptions options{.container_full_uri = endpoint.url() + "/credentials",
                                     .container_token = "unused",
                                     .container_token_file = token_file("first\n")};
    const auto source = choose_source(options, client);
    run(source->fetch());
    EXPECT_EQ(endpoint.asked().header("authorization"), "first");
    token_file("second\r\n");
    run(source->fetch());
    EXPECT_EQ(endpoint.asked().header("authorization"), "second");
}

TEST_F(CredentialSources, RefuseATokenFileThatHoldsNone) {
    CredentialsOptions options{.container_full_uri = endpoint.url() + "/credentials",
                               .container_token_file = "/nowhere"};
    EXPECT_THROW(fetch(options), DependencyUnavailable);
    for (const std::string& content : {std::string(), std::string("a\nb: c"), std::string(20'000, 'a')}) {
        options.container_token_file = token_file(content);
        EXPECT_THROW(fetch(options), DependencyUnavailable) << content.substr(0, 10);
    }
}

TEST_F(CredentialSources, ExchangeAWebIdentity) {
    endpoint.answers(200, sts_answer);
    const Credentials keys = fetch({.web_identity_token_file = token_file("eyJ.a+b/c\n"),
                                    .role_arn = "arn:aws:iam::1:role/api",
                                    .sts_url = endpoint.url()});
    EXPECT_EQ(keys.access_key_id, "ASIA2");
    EXPECT_EQ(keys.secret_access_key, "secret/2");
    EXPECT_EQ(keys.session_token, "token+2=");
    EXPECT_EQ(keys.expires_at, *parse_instant("2026-11-30T15:00:00Z"));
    EXPECT_EQ(endpoint.asked().body,
              "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=safargo-api&"
              "RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fapi&WebIdentityToken=eyJ.a%2Bb%2Fc");
    EXPECT_EQ(endpoint.asked().header("content-type"), "application/x-www-form-urlencoded");
}

TEST_F(CredentialSources, FailWithoutSayingWhatTheyKnow) {
    endpoint.answers(403, R"({"message":"bad token Basic abc"})");
    try {
        fetch({.container_full_uri = endpoint.url() + "/credentials", .container_token = "Basic abc"});
        FAIL() << "a refusal is a failure";
    } catch (const DependencyUnavailable& failure) {
        EXPECT_EQ(std::string(failure.what()), "aws_credentials: answered 403");
    }
}

TEST_F(CredentialSources, FailWhenNothingIsConfigured) {
    EXPECT_THROW(fetch({}), DependencyUnavailable);
    EXPECT_THROW(fetch({.access_key_id = "AKIA"}), DependencyUnavailable);
    EXPECT_THROW(fetch({.role_arn = "arn"}), DependencyUnavailable);
}

TEST(ContainerAnswer, MustBeComplete) {
    EXPECT_NO_THROW(parse_container_answer(container_answer));
    for (const std::string_view part : {"AccessKeyId", "SecretAccessKey", "Token", "Expiration"}) {
        std::string less = container_answer;
        less.replace(less.find('"' + std::string(part)), 2, "\"X");
        EXPECT_THROW(parse_container_answer(less), DependencyUnavailable) << less;
    }
    for (const std::string_view bad : {"", "[]", "{", "null", R"({"AccessKeyId":1})"}) {
        EXPECT_THROW(parse_container_answer(bad), DependencyUnavailable) << bad;
    }
}

TEST(StsAnswer, MustBeComplete) {
    EXPECT_NO_THROW(parse_sts_answer(sts_answer));
    for (const std::string_view part : {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}) {
        const std::string open = '<' + std::string(part) + '>';
        std::string less = sts_answer;
        const std::size_t from = less.find(open) + open.size();
        less.erase(from, less.find('<', from) - from);
        EXPECT_THROW(parse_sts_answer(less), DependencyUnavailable) << part;
    }
    EXPECT_THROW(parse_sts_answer("<ErrorResponse/>"), DependencyUnavailable);
}

TEST(ContainerUrl, OfARelativeUriIsAtEcs) {
    EXPECT_EQ(container_url("/v2/credentials/1", "http://ignored"), "http://169.254.170.2/v2/credentials/1");
    EXPECT_THROW(container_url("@evil.example/", ""), std::invalid_argument);
}

TEST(ContainerUrl, IsSentNoTokenElsewhere) {
    for (const std::string_view good :
         {"https://credentials.example/a", "http://127.0.0.1:8080/a", "http://127.1.2.3/a", "http://localhost/a",
          "http://[::1]:80/a", "http://169.254.170.2/a", "http://169.254.170.23/v1/credentials",
          "http://[fd00:ec2::23]/a"}) {
        EXPECT_EQ(container_url("", good), good);
    }
    for (const std::string_view bad :
         {"", "http://169.254.169.254/a", "http://example.com/a", "http://127.0.0.1.example.com/",
          "http://127.0.0.1@example.com/", "https://", "ftp://localhost/", "http://localhost.example/", "http://[::2]/",
          "http://10.0.0.1/"}) {
        EXPECT_THROW(container_url("", bad), std::invalid_argument) << bad;
    }
}

}  // namespace
}  // namespace safargo::s3
