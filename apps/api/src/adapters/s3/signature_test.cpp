// The examples that AWS publishes: "Signature calculations for the Authorization header", "Authenticating requests
// using query parameters" and "Browser-based upload using HTTP POST" of the S3 reference, and the Signature Version 4
// test suite.
#include "adapters/s3/signature.hpp"

#include "core/failures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace safargo::s3 {
namespace {

const Credentials example{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
const Credentials suite{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"};
const std::string nothing_hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

Instant at(const char* text) {
    return *parse_instant(text);
}

Signing s3_example() {
    return {.credentials = example, .region = "us-east-1", .at = at("2013-05-24T00:00:00Z")};
}

Signing suite_example() {
    return {.credentials = suite, .region = "us-east-1", .at = at("2015-08-30T12:36:00Z"), .service = "service"};
}

std::string header(const net::Headers& headers, std::string_view name) {
    const auto found = std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
    return found == headers.end() ? std::string() : found->second;
}

std::string signature(const net::Headers& headers) {
    const std::string text = header(headers, "authorization");
    return text.substr(text.rfind('=') + 1);
}

Target bucket(std::string method, std::string path, Parameters query = {}) {
    return {.method = std::move(method),
            .host = "examplebucket.s3.amazonaws.com",
            .path = std::move(path),
            .query = std::move(query)};
}

Target suite_target(std::string method, std::string path, Parameters query = {}) {
    return {.method = std::move(method),
            .host = "example.amazonaws.com",
            .path = std::move(path),
            .query = std::move(query)};
}

std::string suite_signature(const Target& target, net::Headers headers = {}) {
    return signature(authorize(target, std::move(headers), nothing_hash, suite_example()));
}

TEST(Signature, OfAnObjectReadIsAsPublished) {
    const net::Headers headers =
        authorize(bucket("GET", "/test.txt"), {{"range", "bytes=0-9"}, {"x-amz-content-sha256", nothing_hash}},
                  nothing_hash, s3_example());
    EXPECT_EQ(header(headers, "authorization"),
              "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
              "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
              "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    EXPECT_EQ(header(headers, "x-amz-date"), "20130524T000000Z");
    EXPECT_EQ(header(headers, "host"), "") << "the client sends its own";
}

TEST(Signature, OfAnObjectWrittenIsAsPublished) {
    const std::string hash = hash_of("Welcome to Amazon S3.");
    EXPECT_EQ(signature(authorize(bucket("PUT", "/test$file.text"),
                                  {{"date", "Fri, 24 May 2013 00:00:00 GMT"},
                                   {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
                                   {"x-amz-content-sha256", hash}},
                                  hash, s3_example())),
              "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
}

TEST(Signature, OfParametersWithAndWithoutAValueIsAsPublished) {
    const net::Headers headers{{"x-amz-content-sha256", nothing_hash}};
    EXPECT_EQ(signature(authorize(bucket("GET", "/", {{"lifecycle", ""}}), headers, nothing_hash, s3_example())),
              "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    EXPECT_EQ(signature(authorize(bucket("GET", "/", {{"prefix", "J"}, {"max-keys", "2"}}), headers, nothing_hash,
                                  s3_example())),
              "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

TEST(Signature, OfTheTestSuiteIsAsPublished) {
    EXPECT_EQ(suite_signature(suite_target("GET", "/")),
              "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    EXPECT_EQ(suite_signature(suite_target("POST", "/")),
              "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    EXPECT_EQ(suite_signature(suite_target("GET", "/ሴ")),
              "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85");
    EXPECT_EQ(suite_signature(suite_target("GET", "/", {{"ሴ", "bar"}})),
              "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04");
    EXPECT_EQ(suite_signature(suite_target("GET", "/", {{"Param2", "value2"}, {"Param1", "value1"}})),
              "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    EXPECT_EQ(suite_signature(suite_target("GET", "/"), {{"my-header1", " value1"}, {"my-header2", " \"a   b   c\""}}),
              "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
    EXPECT_EQ(suite_signature(suite_target("GET", "/"),
                              {{"my-header1", "value2"}, {"my-header1", "value2"}, {"my-header1", "value1"}}),
              "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea");
}

TEST(Signature, CoversTheSessionToken) {
    const Credentials temporary{"AKIDEXAMPLE", suite.secret_access_key, "a-token"};
    Signing signing{.credentials = temporary, .region = "us-east-1", .at = at("2015-08-30T12:36:00Z")};
    const net::Headers headers = authorize(bucket("GET", "/a"), {}, nothing_hash, signing);
    EXPECT_EQ(header(headers, "x-amz-security-token"), "a-token");
    EXPECT_NE(header(headers, "authorization").find("host;x-amz-date;x-amz-security-token"), std::string::npos);
    EXPECT_NE(presign(bucket("GET", "/a"), std::chrono::seconds{60}, signing).find("X-Amz-Security-Token=a-token"),
              std::string::npos);
}

TEST(Presigned, IsAsPublished) {
    EXPECT_EQ(presign(bucket("GET", "/test.txt"), std::chrono::seconds{86'400}, s3_example()),
              "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"
              "X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&"
              "X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&"
              "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404&"
              "X-Amz-SignedHeaders=host");
}

TEST(Presigned, EncodesEveryKeyOnce) {
    const std::string url =
        presign(bucket("GET", "/صورة 1+é%2F.jpg", {{"response-content-disposition", "attachment; a"}}),
                std::chrono::seconds{60}, s3_example());
    EXPECT_TRUE(
        url.starts_with("https://examplebucket.s3.amazonaws.com/%D8%B5%D9%88%D8%B1%D8%A9%201%2B%C3%A9%252F.jpg?"))
        << url;
    EXPECT_NE(url.find("response-content-disposition=attachment%3B%20a"), std::string::npos) << url;
}

TEST(Presigned, IsValidForASecondToSevenDays) {
    const auto valid_for = [](std::chrono::seconds time) { return presign(bucket("GET", "/a"), time, s3_example()); };
    EXPECT_THROW(valid_for(std::chrono::seconds{0}), std::invalid_argument);
    EXPECT_NO_THROW(valid_for(longest_presigned));
    EXPECT_THROW(valid_for(longest_presigned + std::chrono::seconds{1}), std::invalid_argument);
}

TEST(Presigned, EndsWithItsCredentials) {
    Credentials ending = example;
    const auto lasts = [&ending](const char* end) {
        ending.expires_at = at(end);
        const Signing signing{.credentials = ending, .region = "us-east-1", .at = at("2026-11-30T08:00:00.5Z")};
        const std::string url = presign(bucket("GET", "/a"), std::chrono::seconds{300}, signing);
        const std::size_t found = url.find("X-Amz-Expires=");
        return url.substr(found, url.find('&', found) - found);
    };
    EXPECT_EQ(lasts("2026-11-30T09:00:00Z"), "X-Amz-Expires=300");
    EXPECT_EQ(lasts("2026-11-30T08:05:00Z"), "X-Amz-Expires=300");
    EXPECT_EQ(lasts("2026-11-30T08:01:00.9Z"), "X-Amz-Expires=60");
    EXPECT_THROW(lasts("2026-11-30T08:00:00.9Z"), DependencyUnavailable);
    EXPECT_THROW(lasts("2026-11-30T07:00:00Z"), DependencyUnavailable);
}

TEST(PolicySignature, IsAsPublished) {
    const std::string policy =
        "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6ICJz"
        "aWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJw"
        "dWJsaWMtcmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6"
        "b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2Uv"
        "Il0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRp"
        "b24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRl"
        "bnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXot"
        "YWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9";
    const Signing signing{.credentials = example, .region = "us-east-1", .at = at("2015-12-29T00:00:00Z")};
    EXPECT_EQ(sign_policy(policy, signing), "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
}

}  // namespace
}  // namespace safargo::s3
