#include "http/host.hpp"

#include <gtest/gtest.h>

namespace safargo::http {
namespace {

TEST(Host, IsTheAuthorityOfAUri) {
    for (const char* host : {"safargo.com", "api.safargo.com:443", "localhost", "a", "127.0.0.1:8080", "a:", "a_b",
                             "A-Z.~", "xn--mgbal5d8c", "%C3%A9.dz", "[::1]", "[::1]:80", "[2001:db8::7]",
                             "[::ffff:192.0.2.1]", "[v1.fe:x]", "a:0", "a:65535", "1.2.3", "!$&'()*+,;="}) {
        EXPECT_TRUE(is_host(host)) << host;
    }
}

TEST(Host, IsNothingElse) {
    for (const char* host :
         {"",        ":",     ":80",    "a b",     "a:b",      "a:80:80",   "a:+1",  "a:-1",
          "a:65536", "a: 80", "a/b",    "a?b",     "a#b",      "user@a",    "a\\b",  "a\"b",
          "<a>",     "a|b",   "a^b",    "{a}",     "http://a", "[",         "]",     "[]",
          "[a",      "[::1",  "[::1]x", "[::1]:x", "::1",      "[1.2.3.4]", "[::g]", "[fe80::1%eth0]",
          "[v.x]",   "[v1.]", "[vg.x]", "a]",      "%",        "%4",        "%zz",   "é.dz",
          "a\x7f",   "a,b c"}) {
        EXPECT_FALSE(is_host(host)) << host;
    }
}

}  // namespace
}  // namespace safargo::http
