#include "core/wakeup.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace safargo {
namespace {

using namespace std::chrono_literals;

class WakeupTest : public ::testing::Test {
protected:
    Task<void> wait(std::chrono::milliseconds at_most) {
        co_await bell.wait(at_most);
        ++woken;
    }
    void spawn_wait(std::chrono::milliseconds at_most) {
        boost::asio::co_spawn(context, wait(at_most), boost::asio::detached);
    }

    boost::asio::io_context context;
    Wakeup bell{context.get_executor()};
    int woken = 0;
};

TEST_F(WakeupTest, EndsAfterItsTimeout) {
    spawn_wait(1ms);
    context.run();
    EXPECT_EQ(woken, 1);
}

TEST_F(WakeupTest, ARingWakesTheWaiter) {
    spawn_wait(1h);
    context.poll();
    EXPECT_EQ(woken, 0);
    bell.ring();
    context.poll();
    EXPECT_EQ(woken, 1);
}

TEST_F(WakeupTest, ARingBeforeTheWaitCountsOnce) {
    bell.ring();
    bell.ring();
    spawn_wait(1h);
    context.poll();
    EXPECT_EQ(woken, 1);
    context.restart();
    spawn_wait(1h);
    context.poll();
    EXPECT_EQ(woken, 1) << "the ring was already consumed";
    bell.ring();
    context.poll();
    EXPECT_EQ(woken, 2);
}

}  // namespace
}  // namespace safargo
