#include "net/public_address.hpp"

#include "core/failures.hpp"
#include "net/client.hpp"
#include "testing/http_double.hpp"
#include "testing/run_task.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace safargo::net {
namespace {

bool asked(const std::string& text) {
    sockaddr_storage storage{};
    if (text.contains(':')) {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        EXPECT_EQ(inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr), 1) << text;
        std::memcpy(&storage, &v6, sizeof v6);
    } else {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &v4.sin_addr), 1) << text;
        std::memcpy(&storage, &v4, sizeof v4);
    }
    return is_public(reinterpret_cast<const sockaddr&>(storage));
}

TEST(PublicAddress, OfTheWorld) {
    for (const char* address : {"8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
                                "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "223.255.255.255",
                                "2a00:1450:4007::1", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"})
        EXPECT_TRUE(asked(address)) << address;
}

TEST(PublicAddress, OfThisMachineAndOfPrivateNetworks) {
    for (const char* address : {"0.0.0.0",
                                "127.0.0.1",
                                "127.255.255.255",
                                "10.0.0.1",
                                "10.255.255.255",
                                "100.64.0.1",
                                "100.127.255.255",
                                "169.254.169.254",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.168.0.1",
                                "192.0.2.1",
                                "198.18.0.1",
                                "198.51.100.7",
                                "203.0.113.9",
                                "224.0.0.1",
                                "240.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "fe80::1",
                                "fc00::1",
                                "fd12::1",
                                "ff02::1",
                                "2001:db8::1",
                                "2001::1",
                                "3fff::1",
                                "::ffff:127.0.0.1",
                                "::ffff:10.0.0.1",
                                "64:ff9b::7f00:1",
                                "2002:7f00:1::",
                                "2002:a00:1::"})
        EXPECT_FALSE(asked(address)) << address;
}

TEST(PublicAddress, OtherFamiliesAreNot) {
    sockaddr local{};
    local.sa_family = AF_UNIX;
    EXPECT_FALSE(is_public(local));
}

// The name may lead anywhere by the time it is looked up: the address itself is refused, before anything is sent.
TEST(PublicAddress, NoOtherIsConnectedTo) {
    testing::HttpDouble server([](const testing::Asked&) { return testing::Answer{}; });
    Client client(testing::shared_context()->get_executor(), {.attempts = 1});
    const auto ask = [&](bool public_only) {
        return testing::run(
            client.send({.vendor = "double", .operation = "ask", .url = server.url(), .public_only = public_only}));
    };
    EXPECT_THROW(ask(true), DependencyUnavailable);
    EXPECT_TRUE(server.asked().empty());
    EXPECT_EQ(ask(false).status, 200);
}

}  // namespace
}  // namespace safargo::net
