#include "adapters/s3/upload_form.hpp"

#include "core/crypto.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace safargo::s3 {
namespace {

const Credentials keys{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
const Credentials temporary{"ASIAEXAMPLE", "a-secret", "a-token"};

UploadForm form(const Credentials& credentials, bool encrypted, std::string key = "private/uploads/é \"1\"") {
    const UploadPermit permit{.object = {.bucket = Bucket::uploads, .key = std::move(key)},
                              .content_type = "image/jpeg",
                              .min_bytes = 10,
                              .max_bytes = 2000,
                              .valid_for = std::chrono::seconds{600}};
    return make_upload_form(
        permit, {.bucket = "safargo-uploads", .url = "https://b/", .encrypted = encrypted},
        {.credentials = credentials, .region = "eu-west-3", .at = *parse_instant("2026-11-30T08:00:00.5Z")});
}

std::string field(const UploadForm& form, std::string_view name) {
    const auto found = std::ranges::find(form.fields, name, &std::pair<std::string, std::string>::first);
    return found == form.fields.end() ? "absent" : found->second;
}

std::string policy(const UploadForm& form) {
    std::string text = field(form, "policy");
    EXPECT_EQ(text.size() % 4, 0U);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.erase(text.find_last_not_of('=') + 1);
    return crypto::from_base64url(text).value_or("unreadable");
}

TEST(UploadForm, FixesEveryFieldAndTheSize) {
    EXPECT_EQ(policy(form(keys, false)),
              R"({"expiration":"2026-11-30T08:10:00Z","conditions":[["eq","$bucket","safargo-uploads"],)"
              R"(["eq","$key","private/uploads/é \"1\""],["eq","$Content-Type","image/jpeg"],)"
              R"(["eq","$x-amz-algorithm","AWS4-HMAC-SHA256"],)"
              R"(["eq","$x-amz-credential","AKIAIOSFODNN7EXAMPLE/20261130/eu-west-3/s3/aws4_request"],)"
              R"(["eq","$x-amz-date","20261130T080000Z"],["content-length-range",10,2000]]})");
}

TEST(UploadForm, SignsItsPolicy) {
    const UploadForm made = form(keys, false);
    const Signing signing{.credentials = keys, .region = "eu-west-3", .at = *parse_instant("2026-11-30T08:00:00Z")};
    EXPECT_EQ(field(made, "x-amz-signature"), sign_policy(field(made, "policy"), signing));
    EXPECT_EQ(made.fields.back().first, "x-amz-signature");
    EXPECT_EQ(made.url, "https://b/");
    EXPECT_EQ(made.expires_at, *parse_instant("2026-11-30T08:10:00Z"));
}

TEST(UploadForm, EndsWithItsCredentials) {
    Credentials ending = temporary;
    ending.expires_at = *parse_instant("2026-11-30T08:01:00.9Z");
    const UploadForm made = form(ending, false);
    EXPECT_EQ(made.expires_at, *parse_instant("2026-11-30T08:01:00Z"));
    EXPECT_NE(policy(made).find(R"("expiration":"2026-11-30T08:01:00Z")"), std::string::npos);
    ending.expires_at = *parse_instant("2026-11-30T09:00:00Z");
    EXPECT_EQ(form(ending, false).expires_at, *parse_instant("2026-11-30T08:10:00Z"));
}

TEST(UploadForm, CarriesTokenAndEncryptionOnlyIfTheyAreUsed) {
    EXPECT_EQ(field(form(keys, false), "x-amz-security-token"), "absent");
    EXPECT_EQ(field(form(keys, false), "x-amz-server-side-encryption"), "absent");
    const UploadForm made = form(temporary, true);
    EXPECT_EQ(field(made, "x-amz-security-token"), "a-token");
    EXPECT_EQ(field(made, "x-amz-server-side-encryption"), "AES256");
    EXPECT_NE(policy(made).find(R"(["eq","$x-amz-security-token","a-token"])"), std::string::npos);
    EXPECT_NE(policy(made).find(R"(["eq","$x-amz-server-side-encryption","AES256"])"), std::string::npos);
}

}  // namespace
}  // namespace safargo::s3
