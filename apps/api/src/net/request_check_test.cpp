#include "net/request_check.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace safargo::net {
namespace {

Request good() {
    return {.vendor = "s3", .operation = "get_object", .url = "https://example.org/a"};
}

bool passes(const Request& request) {
    try {
        check_request(request);
        return true;
    } catch (const std::invalid_argument&) {
        return false;
    }
}

bool url_passes(const std::string& url) {
    Request request = good();
    request.url = url;
    return passes(request);
}

bool header_passes(const std::string& name, const std::string& value) {
    Request request = good();
    request.headers = {{name, value}};
    return passes(request);
}

TEST(RequestCheck, GoodUrlsPass) {
    for (const std::string url :
         {"https://example.org", "http://127.0.0.1:9000/bucket/a%20b?x=1&y=", "http://[::1]:8080/",
          "https://a.b/..%2F/./..", "https://example.org/~!$&'()*+,;=:@"}) {
        EXPECT_TRUE(url_passes(url)) << url;
    }
}

TEST(RequestCheck, BadUrlsAreRefused) {
    for (const std::string url : {"",
                                  "example.org",
                                  "/path",
                                  "//example.org/",
                                  "ftp://example.org/",
                                  "file:///etc/passwd",
                                  "https://",
                                  "https:///path",
                                  "http://user:password@example.org/",
                                  "http://user@example.org/",
                                  "https://example.org/a b",
                                  "https://example.org/\r\nX: y",
                                  "https://example.org/\n",
                                  "https://example.org/\t",
                                  "https://exam\x01ple.org/",
                                  "https://example.org/\x7f",
                                  "https://example.org/é",
                                  "https://example.org/a#b",
                                  "https://example.org\\@a/",
                                  "https://example.org:99999/",
                                  "https://example.org:x/",
                                  " https://example.org/",
                                  "HTTPS://example.org/",
                                  "https://[::1/",
                                  "gopher://example.org/",
                                  "https://a%00b/"}) {
        EXPECT_FALSE(url_passes(url)) << url;
    }
    EXPECT_FALSE(url_passes(std::string("https://example.org/\0x", 22)));
}

TEST(RequestCheck, AHeaderCannotEndItsLine) {
    EXPECT_TRUE(header_passes("X-Amz-Date", "20261201T000000Z"));
    EXPECT_TRUE(header_passes("x", "a\tb"));
    EXPECT_TRUE(header_passes("x", ""));
    EXPECT_TRUE(header_passes("x", "é"));
    for (const std::string value : {"a\r\nX: y", "a\n", "a\r", "\x01", "\x7f"}) EXPECT_FALSE(header_passes("x", value));
    EXPECT_FALSE(header_passes("x", std::string(1, '\0')));
    for (const std::string name : {"", "a b", "a:", "a\r\n", "é", "a\x7f", "(a)"})
        EXPECT_FALSE(header_passes(name, "x"));
}

TEST(RequestCheck, SomeHeadersAreTheClientsOwn) {
    for (const std::string name :
         {"Content-Length", "content-length", "Transfer-Encoding", "Connection", "Expect", "UPGRADE"}) {
        EXPECT_FALSE(header_passes(name, "x")) << name;
    }
    EXPECT_TRUE(header_passes("Host", "example.org"));
}

TEST(RequestCheck, MethodsAreWords) {
    for (const std::string method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
        Request request = good();
        request.method = method;
        EXPECT_TRUE(passes(request)) << method;
    }
    for (const std::string method : {"", "get", "GET ", "GET / HTTP/1.1\r\nX:", "G-T"}) {
        Request request = good();
        request.method = method;
        EXPECT_FALSE(passes(request)) << method;
    }
}

TEST(RequestCheck, AHeadHasNoBody) {
    Request request = good();
    request.method = "HEAD";
    request.body = "x";
    EXPECT_FALSE(passes(request));
}

TEST(RequestCheck, LabelsAreShortWords) {
    for (const std::string label : {"", "S3", "get object", "get-object", "a\"b", "a\n"}) {
        Request vendor = good(), operation = good();
        vendor.vendor = label;
        operation.operation = label;
        EXPECT_FALSE(passes(vendor)) << label;
        EXPECT_FALSE(passes(operation)) << label;
    }
}

TEST(RequestCheck, TheRefusalDoesNotShowWhatWasRefused) {
    Request request = good();
    request.headers = {{"Authorization", "Bearer sesame\r\n"}};
    try {
        check_request(request);
        FAIL();
    } catch (const std::invalid_argument& refusal) {
        EXPECT_EQ(std::string(refusal.what()).find("sesame"), std::string::npos);
    }
}

TEST(RequestCheck, TheOriginIsSchemeHostAndPort) {
    EXPECT_EQ(origin_of("https://Example.org/a?b"), "https://example.org:443");
    EXPECT_EQ(origin_of("http://example.org"), "http://example.org:80");
    EXPECT_EQ(origin_of("http://example.org:9000/x"), "http://example.org:9000");
    EXPECT_EQ(origin_of("http://[::1]:9000/x"), "http://[::1]:9000");
}

}  // namespace
}  // namespace safargo::net
