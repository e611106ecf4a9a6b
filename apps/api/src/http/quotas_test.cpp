#include "http/quotas.hpp"

#include "http/descriptors.hpp"

#include <sys/resource.h>

#include <gtest/gtest.h>

namespace safargo::http {
namespace {

TEST(ClientConnections, AreCountedByClientAndReleased) {
    ClientConnections connections(2);
    EXPECT_TRUE(connections.enter("ip:192.0.2.1"));
    EXPECT_TRUE(connections.enter("ip:192.0.2.1"));
    EXPECT_FALSE(connections.enter("ip:192.0.2.1"));
    EXPECT_TRUE(connections.enter("ip:192.0.2.2"));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(connections.enter(""));
    connections.leave("ip:192.0.2.1");
    EXPECT_TRUE(connections.enter("ip:192.0.2.1"));
    for (const char* client : {"ip:192.0.2.1", "ip:192.0.2.1", "ip:192.0.2.2", ""}) connections.leave(client);
    EXPECT_EQ(connections.clients(), 0U);
}

TEST(BodyShare, GrowsAndIsReturned) {
    BodyBudget budget(100);
    {
        BodyShare one(budget);
        BodyShare two(budget);
        EXPECT_TRUE(one.grow_to(40));
        EXPECT_TRUE(one.grow_to(60));
        EXPECT_TRUE(one.grow_to(10)) << "its share is already larger";
        EXPECT_FALSE(two.grow_to(41));
        EXPECT_TRUE(two.grow_to(40));
        EXPECT_EQ(budget.used(), 100U);
        one.release();
        EXPECT_EQ(budget.used(), 40U);
    }
    EXPECT_EQ(budget.used(), 0U);
}

TEST(Descriptors, LeaveRoomForOtherFiles) {
    EXPECT_EQ(affordable_connections(10'000, 1'048'576, 64), 10'000U);
    EXPECT_EQ(affordable_connections(10'000, 1'024, 64), 960U);
    EXPECT_EQ(affordable_connections(10'000, 40, 64), 16U);
    EXPECT_EQ(affordable_connections(2, 1'024, 64), 2U);
}

TEST(Descriptors, AreRaisedToTheSystemsLimit) {
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit low = before;
    low.rlim_cur = before.rlim_max / 2;
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
    EXPECT_EQ(raise_descriptor_limit(), before.rlim_max);
    rlimit after{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &after), 0);
    EXPECT_EQ(after.rlim_cur, before.rlim_max);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
}

}  // namespace
}  // namespace safargo::http
