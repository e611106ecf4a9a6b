#include "adapters/s3/addresses.hpp"

#include <gtest/gtest.h>

namespace safargo::s3 {
namespace {

TEST(Addresses, OfAwsNameTheBucketInTheHost) {
    const Addresses aws("eu-west-3", "");
    EXPECT_EQ(url_of(aws.object("GET", "safargo-uploads", "public/a é.webp")),
              "https://safargo-uploads.s3.eu-west-3.amazonaws.com/public/a%20%C3%A9.webp");
    EXPECT_EQ(url_of(aws.bucket("POST", "safargo-uploads")), "https://safargo-uploads.s3.eu-west-3.amazonaws.com/");
    EXPECT_EQ(sts_url("eu-west-3"), "https://sts.eu-west-3.amazonaws.com");
}

TEST(Addresses, OfABucketWithDotsAreByPath) {
    const Addresses aws("eu-west-3", "");
    EXPECT_EQ(url_of(aws.object("GET", "a.b", "c")), "https://s3.eu-west-3.amazonaws.com/a.b/c");
}

TEST(Addresses, OfAwsInChinaHaveItsDomain) {
    EXPECT_EQ(url_of(Addresses("cn-north-1", "").bucket("HEAD", "b-1")), "https://b-1.s3.cn-north-1.amazonaws.com.cn/");
}

TEST(Addresses, OfAnotherServerAreByPath) {
    const Addresses own("us-east-1", "http://127.0.0.1:9000");
    EXPECT_EQ(url_of(own.object("GET", "safargo-uploads", "a/b")), "http://127.0.0.1:9000/safargo-uploads/a/b");
    EXPECT_EQ(url_of(own.bucket("HEAD", "safargo-uploads")), "http://127.0.0.1:9000/safargo-uploads");
}

TEST(Addresses, LeaveOutTheSchemesOwnPortAsClientsDo) {
    EXPECT_EQ(Addresses("r", "https://s3.example.org:443").bucket("HEAD", "b").host, "s3.example.org");
    EXPECT_EQ(Addresses("r", "http://s3.example.org:80").bucket("HEAD", "b").host, "s3.example.org");
    EXPECT_EQ(Addresses("r", "http://s3.example.org:443").bucket("HEAD", "b").host, "s3.example.org:443");
}

}  // namespace
}  // namespace safargo::s3
