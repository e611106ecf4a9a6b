#include "http/client_address.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace safargo::http {
namespace {

using boost::asio::ip::make_address;

std::string client(const TrustedProxies& proxies, const char* peer, const Headers& headers) {
    return proxies.client(make_address(peer), headers).to_string();
}

TEST(TrustedProxies, BlocksAndAddresses) {
    const TrustedProxies proxies({"10.0.0.0/8", "192.0.2.7", "2001:db8::/33", "172.16.0.0/12"});
    EXPECT_TRUE(proxies.contains(make_address("10.255.1.2")));
    EXPECT_TRUE(proxies.contains(make_address("192.0.2.7")));
    EXPECT_TRUE(proxies.contains(make_address("172.31.255.255")));
    EXPECT_FALSE(proxies.contains(make_address("172.32.0.0")));
    EXPECT_FALSE(proxies.contains(make_address("192.0.2.8")));
    EXPECT_TRUE(proxies.contains(make_address("2001:db8:7fff::1")));
    EXPECT_FALSE(proxies.contains(make_address("2001:db8:8000::1")));
    EXPECT_FALSE(proxies.contains(make_address("::1")));
    EXPECT_TRUE(TrustedProxies({"0.0.0.0/0"}).contains(make_address("8.8.8.8")));
}

TEST(TrustedProxies, AnInvalidBlockStopsTheStart) {
    for (const char* bad : {"", "x", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "::/129", "10.0.0.0/-1"}) {
        EXPECT_THROW(TrustedProxies({bad}), std::invalid_argument) << bad;
    }
}

TEST(ClientAddress, AnUntrustedPeersHeaderIsIgnored) {
    const TrustedProxies proxies({"10.0.0.0/8"});
    EXPECT_EQ(client(proxies, "198.51.100.1", {{"X-Forwarded-For", "203.0.113.9"}}), "198.51.100.1");
    EXPECT_EQ(client(TrustedProxies({}), "127.0.0.1", {{"X-Forwarded-For", "203.0.113.9"}}), "127.0.0.1");
}

TEST(ClientAddress, TheRightMostUntrustedHopCounts) {
    const TrustedProxies proxies({"10.0.0.0/8"});
    EXPECT_EQ(client(proxies, "10.0.0.1", {{"x-forwarded-for", "1.1.1.1, 203.0.113.9, 10.0.0.2"}}), "203.0.113.9");
    EXPECT_EQ(client(proxies, "10.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-For", "203.0.113.9"}}),
              "203.0.113.9");
    EXPECT_EQ(client(proxies, "10.0.0.1", {{"X-Forwarded-For", "10.0.0.3,10.0.0.2"}}), "10.0.0.3");
    EXPECT_EQ(client(proxies, "10.0.0.1", {}), "10.0.0.1");
}

TEST(ClientAddress, ReadsPortsAndBrackets) {
    const TrustedProxies proxies({"10.0.0.0/8"});
    EXPECT_EQ(client(proxies, "10.0.0.1", {{"X-Forwarded-For", "203.0.113.9:4711"}}), "203.0.113.9");
    EXPECT_EQ(client(proxies, "10.0.0.1", {{"X-Forwarded-For", "[2001:db8::1]:4711"}}), "2001:db8::1");
    EXPECT_EQ(client(proxies, "10.0.0.1", {{"X-Forwarded-For", "2001:db8::1"}}), "2001:db8::1");
    EXPECT_EQ(client(proxies, "10.0.0.1", {{"X-Forwarded-For", "::ffff:203.0.113.9"}}), "203.0.113.9");
}

TEST(ClientAddress, AnInvalidEntryEndsTheSearch) {
    const TrustedProxies proxies({"10.0.0.0/8"});
    EXPECT_EQ(client(proxies, "10.0.0.1", {{"X-Forwarded-For", "203.0.113.9, unknown, 10.0.0.2"}}), "10.0.0.2");
    EXPECT_EQ(client(proxies, "10.0.0.1", {{"X-Forwarded-For", "203.0.113.9, "}}), "10.0.0.1");
}

TEST(LimitKey, AnIpv6SubscriberIsOneKey) {
    EXPECT_EQ(limit_key(make_address("192.0.2.1")), "ip:192.0.2.1");
    EXPECT_EQ(limit_key(make_address("2001:db8:1:2:3:4:5:6")), "ip:2001:db8:1:2::/64");
    EXPECT_EQ(limit_key(make_address("2001:db8:1:2:ffff::")), limit_key(make_address("2001:db8:1:2::1")));
}

}  // namespace
}  // namespace safargo::http
