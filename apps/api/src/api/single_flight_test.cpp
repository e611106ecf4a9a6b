#include "api/single_flight.hpp"

#include "testing/cancellable.hpp"
#include "testing/run_task.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <thread>
#include <vector>

namespace safargo::api {
namespace {

using namespace std::chrono_literals;
using Answer = SingleFlight::Answer;

Answer answer(std::string body) {
    return std::make_shared<PublicAnswer>(std::move(body), "\"tag\"");
}

class SingleFlightTest : public ::testing::Test {
protected:
    // Waits beside `land`, which runs as soon as everybody waits.
    std::vector<Answer> wait_beside(std::size_t waiters, std::chrono::milliseconds at_most,
                                    std::function<void()> land) {
        std::vector<Answer> found(waiters);
        std::vector<Task<void>> all;
        for (Answer& mine : found) all.push_back(wait_into(at_most, mine));
        all.push_back(run_plain(std::move(land)));
        testing::run_all(std::move(all));
        return found;
    }
    Task<void> wait_into(std::chrono::milliseconds at_most, Answer& found) {
        found = co_await flights.wait("places", at_most);
    }
    static Task<void> run_plain(std::function<void()> work) {
        work();
        co_return;
    }

    SingleFlight flights;
};

TEST_F(SingleFlightTest, OneLeadsAndTheOthersGetItsAnswer) {
    auto lead = flights.lead("places");
    ASSERT_TRUE(lead);
    EXPECT_FALSE(flights.lead("places"));
    EXPECT_TRUE(flights.lead("other")) << "each key has its own";
    const auto found = wait_beside(3, 1h, [&] { lead->land(answer("made once")); });
    for (const Answer& one : found) EXPECT_EQ(one->body, "made once");
    EXPECT_TRUE(flights.lead("places")) << "the next one leads again";
}

TEST_F(SingleFlightTest, WhoComesTooLateFindsNothing) {
    EXPECT_EQ(testing::run(flights.wait("places", 1h)), nullptr);
}

TEST_F(SingleFlightTest, ALeadThatFailsLeavesTheOthersToHelpThemselves) {
    auto lead = flights.lead("places");
    const auto found = wait_beside(2, 1h, [&] { lead.reset(); });
    for (const Answer& one : found) EXPECT_EQ(one, nullptr);
    EXPECT_TRUE(flights.lead("places"));
}

TEST_F(SingleFlightTest, NobodyWaitsLongerThanTheyWant) {
    auto lead = flights.lead("places");
    EXPECT_EQ(testing::run(flights.wait("places", 1ms)), nullptr);
    lead->land(answer("late"));
}

TEST_F(SingleFlightTest, ACancelledWaiterIsForgotten) {
    auto lead = flights.lead("places");
    Answer found;
    testing::Cancellable waiting(wait_into(1h, found));
    testing::turn(waiting, 1);
    waiting.cancel();
    waiting.wait();
    lead->land(answer("for nobody"));
    EXPECT_EQ(found, nullptr);
}

// Its thread ends while the answer is still being made elsewhere.
TEST_F(SingleFlightTest, AWaiterWhoseThreadEndsIsForgotten) {
    auto lead = flights.lead("places");
    Answer found;
    {
        boost::asio::io_context short_lived;
        auto waiting = boost::asio::co_spawn(short_lived, wait_into(1h, found), boost::asio::use_future);
        short_lived.poll();
    }
    lead->land(answer("for nobody"));
}

TEST_F(SingleFlightTest, ThreadsThatRaceMakeItOnceAtATime) {
    std::atomic<int> making = 0, made = 0, served = 0;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            boost::asio::io_context io;
            for (int i = 0; i < 500; ++i) {
                if (auto lead = flights.lead("places")) {
                    if (++making != 1) std::abort();
                    ++made;
                    --making;
                    lead->land(answer("x"));
                    ++served;
                    continue;
                }
                auto found = boost::asio::co_spawn(io, flights.wait("places", 1h), boost::asio::use_future);
                io.restart();
                io.run();
                served += found.get() != nullptr ? 1 : 0;
            }
        });
    }
    threads.clear();
    EXPECT_GE(made.load(), 1);
    EXPECT_GE(served.load(), made.load());
    EXPECT_TRUE(flights.lead("places"));
}

}  // namespace
}  // namespace safargo::api
