#include "adapters/local/wakeup_relay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>

#include <deque>
#include <functional>
#include <thread>

namespace safargo::local {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

// Carries payloads to itself.
class Echo final : public WakeupRelay {
public:
    explicit Echo(const boost::asio::any_io_executor& executor) : WakeupRelay(executor), arrival_(executor) {}

    std::vector<std::vector<std::string>> sent;
    bool broken = false;
    int failures = 0;

    void arrive(std::string payload) {
        arrived_.push_back(std::move(payload));
        arrival_.ring();
    }

private:
    Task<void> transmit(std::vector<std::string> payloads) override {
        if (broken) {
            ++failures;
            throw std::runtime_error("no transport");
        }
        for (const std::string& payload : payloads) arrive(payload);
        sent.push_back(std::move(payloads));
        co_return;
    }
    Task<std::string> next() override {
        while (arrived_.empty() && !ended_) co_await arrival_.wait(1h);
        if (ended_) throw boost::system::system_error(boost::asio::error::operation_aborted);
        std::string payload = std::move(arrived_.front());
        arrived_.pop_front();
        if (payload == "poison") throw std::runtime_error("unreadable");
        co_return payload;
    }
    void stop_hearing() override {
        ended_ = true;
        arrival_.ring();
    }

    Wakeup arrival_;
    std::deque<std::string> arrived_;
    bool ended_ = false;
};

class WakeupRelayTest : public ::testing::Test {
protected:
    WakeupRelayTest() {
        relay.listen([this](std::string_view payload) { heard.emplace_back(payload); });
        spawn(relay.hear());
        spawn(relay.send_published());
    }
    ~WakeupRelayTest() override {
        relay.close();
        run_until([this] { return ended == 2; });
    }
    void spawn(Task<void> task) {
        boost::asio::co_spawn(context, std::move(task), [this](const std::exception_ptr&) { ++ended; });
    }
    void run_until(const std::function<bool()>& holds) {
        while (!holds()) {
            context.restart();
            context.run_one();
        }
    }

    boost::asio::io_context context;
    Echo relay{context.get_executor()};
    std::vector<std::string> heard;
    int ended = 0;
};

TEST_F(WakeupRelayTest, WhatIsPublishedTogetherTravelsTogetherAndOnce) {
    for (const char* payload : {"a", "b", "a", "a"}) relay.publish(payload);
    run_until([this] { return heard.size() == 2; });
    EXPECT_THAT(heard, UnorderedElementsAre("a", "b"));
    EXPECT_EQ(relay.sent.size(), 1U);
    relay.publish("a");
    run_until([this] { return heard.size() == 3; });
    EXPECT_EQ(relay.sent.size(), 2U) << "it may mean something new";
}

TEST_F(WakeupRelayTest, SendsNoMoreOftenThanEveryFiveMilliseconds) {
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 10; ++i) {
        relay.publish(std::to_string(i));
        run_until([&] { return heard.size() == static_cast<std::size_t>(i) + 1; });
    }
    EXPECT_GE(std::chrono::steady_clock::now() - began, 9 * WakeupRelay::interval);
}

TEST_F(WakeupRelayTest, TellsThatSomeWereMissedOnceTheTransportWorksAgain) {
    relay.broken = true;
    relay.publish("lost");
    run_until([this] { return relay.failures == 1; });
    relay.broken = false;
    relay.publish("found");
    run_until([this] { return heard.size() == 2; });
    EXPECT_THAT(heard, ElementsAre("", "found"));
}

TEST_F(WakeupRelayTest, TooManyOrTooLongPayloadsAreToldAsMissed) {
    relay.publish(std::string(Wakeups::longest_payload + 1, 'x'));
    run_until([this] { return heard.size() == 1; });
    EXPECT_EQ(heard[0], "");
    for (std::size_t i = 0; i < WakeupRelay::most_waiting + 10; ++i) relay.publish(std::to_string(i));
    run_until([this] { return heard.size() == WakeupRelay::most_waiting + 2; });
    EXPECT_EQ(heard[1], "") << "one for all that found no room";
}

TEST_F(WakeupRelayTest, AFailureOfHearingIsSurvived) {
    relay.arrive("poison");
    relay.arrive("a");
    run_until([this] { return !heard.empty(); });
    EXPECT_THAT(heard, ElementsAre("a"));
}

TEST_F(WakeupRelayTest, IsPublishedToFromAnyThread) {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([this, t] {
            for (int i = 0; i < 100; ++i) relay.publish(std::to_string(t) + ":" + std::to_string(i));
        });
    }
    threads.clear();
    run_until([this] { return heard.size() == 400; });
}

}  // namespace
}  // namespace safargo::local
