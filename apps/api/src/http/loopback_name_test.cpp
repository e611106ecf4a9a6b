#include "http/loopback_name.hpp"

#include <gtest/gtest.h>

namespace safargo::http {
namespace {

TEST(LoopbackName, IsLocalhostOrALoopbackAddress) {
    for (const char* ours :
         {"localhost", "LocalHost", "localhost:3000", "localhost:", "127.0.0.1", "127.0.0.1:80", "127.255.255.254:3000",
          "[::1]", "[::1]:3000", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]:3000"}) {
        EXPECT_TRUE(is_loopback_name(ours)) << ours;
    }
}

TEST(LoopbackName, OtherNamesAreRefused) {
    for (const char* strange : {"",
                                ":3000",
                                "evil.example",
                                "evil.example:3000",
                                "localhost.evil.example",
                                "127.0.0.1.evil.example",
                                "127.0.0.1.nip.io:3000",
                                "evil-localhost",
                                "notlocalhost",
                                "localhost.",
                                "localhost:3000:evil",
                                "localhost:80a",
                                "localhost@evil.example",
                                "evil.example@localhost",
                                "127.0.0.1@evil.example",
                                "128.0.0.1",
                                "0.0.0.0",
                                "10.0.0.1",
                                "127.1",
                                "0177.0.0.1",
                                "2130706433",
                                "[::]",
                                "[::2]",
                                "[127.0.0.1]",
                                "::1",
                                "[::1",
                                "[::1]3000",
                                "[]",
                                "[",
                                "]",
                                "[::1].evil.example",
                                "[::ffff:10.0.0.1]",
                                "localhost ",
                                " localhost",
                                "localhost,evil.example"}) {
        EXPECT_FALSE(is_loopback_name(strange)) << strange;
    }
}

}  // namespace
}  // namespace safargo::http
