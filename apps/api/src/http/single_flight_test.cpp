#include "http/single_flight.hpp"

#include <gtest/gtest.h>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <functional>
#include <future>
#include <thread>
#include <vector>

namespace safargo::http {
namespace {

using namespace std::chrono_literals;
using Answer = SingleFlight::Answer;

Answer answer(std::string body) {
    return std::make_shared<PublicAnswer>(std::move(body), "\"tag\"");
}

class SingleFlightTest : public ::testing::Test {
protected:
    // `waiters` wait, then `meanwhile` happens; what they found.
    std::vector<Answer> wait_beside(
        std::size_t waiters, std::chrono::milliseconds at_most, const std::function<void()>& meanwhile = [] {}) {
        boost::asio::io_context io;
        std::vector<std::future<Answer>> waiting;
        for (std::size_t i = 0; i < waiters; ++i) {
            waiting.push_back(boost::asio::co_spawn(io, flights.wait("places", at_most), boost::asio::use_future));
        }
        io.poll();
        meanwhile();
        io.restart();
        io.run();
        std::vector<Answer> found;
        for (std::future<Answer>& one : waiting) found.push_back(one.get());
        return found;
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
    EXPECT_EQ(wait_beside(1, 1h).front(), nullptr);
}

TEST_F(SingleFlightTest, ALeadThatFailsLeavesTheOthersToHelpThemselves) {
    auto lead = flights.lead("places");
    const auto found = wait_beside(2, 1h, [&] { lead.reset(); });
    for (const Answer& one : found) EXPECT_EQ(one, nullptr);
    EXPECT_TRUE(flights.lead("places"));
}

TEST_F(SingleFlightTest, NobodyWaitsLongerThanTheyWant) {
    auto lead = flights.lead("places");
    EXPECT_EQ(wait_beside(1, 1ms).front(), nullptr);
    lead->land(answer("late"));
}

TEST_F(SingleFlightTest, ACancelledWaiterIsForgotten) {
    auto lead = flights.lead("places");
    boost::asio::io_context io;
    boost::asio::cancellation_signal cancel;
    boost::asio::co_spawn(io, flights.wait("places", 1h),
                          boost::asio::bind_cancellation_slot(cancel.slot(), boost::asio::detached));
    io.poll();
    cancel.emit(boost::asio::cancellation_type::terminal);
    io.restart();
    io.run();
    lead->land(answer("for nobody"));
    EXPECT_EQ(io.poll(), 0U) << "nobody is rung";
}

// Its thread ends while the answer is still being made elsewhere.
TEST_F(SingleFlightTest, AWaiterWhoseThreadEndsIsForgotten) {
    auto lead = flights.lead("places");
    {
        boost::asio::io_context short_lived;
        boost::asio::co_spawn(short_lived, flights.wait("places", 1h), boost::asio::detached);
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
}  // namespace safargo::http
