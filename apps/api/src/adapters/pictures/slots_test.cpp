#include "adapters/pictures/slots.hpp"

#include "core/failures.hpp"
#include "testing/cancellable.hpp"
#include "testing/run_task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <optional>
#include <thread>
#include <vector>

namespace safargo::pictures {
namespace {

using namespace std::chrono_literals;
using testing::Cancellable;
using ::testing::ElementsAre;
using testing::run;
using testing::shared_context;

std::chrono::steady_clock::time_point in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

Task<void> hold(Slots& slots, std::optional<Slots::Held>& held, std::vector<int>& order, int name) {
    held.emplace(co_await slots.take(in(1h)));
    order.push_back(name);
}

// Runs whatever can run now.
void settle() {
    shared_context()->restart();
    shared_context()->poll();
}

class SlotsTest : public ::testing::Test {
protected:
    Cancellable asks(int name) { return Cancellable(hold(slots, held[static_cast<std::size_t>(name)], order, name)); }

    Slots slots{2, 2};
    std::array<std::optional<Slots::Held>, 5> held;
    std::vector<int> order;
};

TEST_F(SlotsTest, AreGrantedInTheOrderOfAsking) {
    const Cancellable zero = asks(0), one = asks(1), two = asks(2), three = asks(3);
    zero.wait();
    one.wait();
    settle();
    EXPECT_THAT(order, ElementsAre(0, 1));
    held[1].reset();
    two.wait();
    held[0].reset();
    three.wait();
    EXPECT_THAT(order, ElementsAre(0, 1, 2, 3));
}

TEST_F(SlotsTest, TurnAwayWhoComesToAFullQueue) {
    const Cancellable zero = asks(0), one = asks(1), two = asks(2), three = asks(3);
    zero.wait();
    one.wait();
    settle();
    EXPECT_THROW(run(slots.take(in(1h))), DependencyUnavailable);
    held[0].reset();
    two.wait();
    held[1].reset();
    three.wait();
    held[2].reset();
    EXPECT_NO_THROW(run(slots.take(in(1h)))) << "the one that was turned away holds no place";
}

TEST_F(SlotsTest, TurnAwayAtTheDeadline) {
    const Cancellable zero = asks(0), one = asks(1);
    zero.wait();
    one.wait();
    EXPECT_THROW(run(slots.take(in(1ms))), DependencyUnavailable);
    held[0].reset();
    EXPECT_NO_THROW(run(slots.take(in(1h)))) << "and leave the queue";
}

TEST_F(SlotsTest, AreNotLostWithACancelledWaiter) {
    const Cancellable zero = asks(0), one = asks(1);
    zero.wait();
    one.wait();
    Cancellable two = asks(2);
    const Cancellable three = asks(3);
    settle();
    held[0].reset();  // granted to two, which does not learn it any more
    two.cancel();
    two.wait();
    three.wait();
    EXPECT_THAT(order, ElementsAre(0, 1, 3));
}

Task<void> use(Slots& slots, std::atomic<int>& inside, std::atomic<int>& most, std::atomic<int>& done) {
    const Slots::Held slot = co_await slots.take(in(1h));
    const int now = ++inside;
    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
    }
    --inside;
    ++done;
}

TEST(Slots, AreSharedByThreads) {
    constexpr int threads = 4, each = 500;
    Slots slots(2, threads * each);
    std::atomic<int> inside = 0, most = 0, done = 0;
    std::vector<std::thread> all;
    for (int t = 0; t < threads; ++t) {
        all.emplace_back([&] {
            boost::asio::io_context context{1};
            for (int i = 0; i < each; ++i)
                boost::asio::co_spawn(context, use(slots, inside, most, done), boost::asio::detached);
            context.run();
        });
    }
    for (std::thread& thread : all) thread.join();
    EXPECT_EQ(done, threads * each);
    EXPECT_LE(most, 2);
}

}  // namespace
}  // namespace safargo::pictures
