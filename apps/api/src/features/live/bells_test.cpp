// Who is woken: the threads of this process at once, those of others through the port.
#include "features/live/bells.hpp"

#include <gtest/gtest.h>

namespace safargo::live {
namespace {

using People = std::vector<UserId>;
using Heard = std::vector<People>;

struct HeardBell final : Bell {
    void ring(const People& people) override { heard.push_back(people); }
    Heard heard;
};

// Every process hears what any of them says, itself included.
class Bus final : public Wakeups {
public:
    void publish(std::string payload) override {
        payloads.push_back(payload);
        for (const Listener& listener : listeners_) listener(payload);
    }
    void listen(Listener listener) override { listeners_.push_back(std::move(listener)); }
    std::vector<std::string> payloads;

private:
    std::vector<Listener> listeners_;
};

class BellsTest : public ::testing::Test {
protected:
    BellsTest() {
        here.hang(bell);
        there.hang(far_bell);
    }
    static UserId somebody() { return UserId::make({}); }
    void connect() {
        here.connect(bus);
        there.connect(bus);
    }

    Bells here, there;
    HeardBell bell, far_bell;
    Bus bus;
};

TEST_F(BellsTest, RingInThisProcessWithoutAConnection) {
    HeardBell second;
    here.hang(second);
    const People people{somebody(), somebody()};
    here.ring_everywhere(people);
    EXPECT_EQ(bell.heard, Heard{people});
    EXPECT_EQ(second.heard, Heard{people});
    EXPECT_TRUE(far_bell.heard.empty());
    here.take_down(bell);
    here.ring_everywhere(people);
    EXPECT_EQ(bell.heard.size(), 1U);
    EXPECT_EQ(second.heard.size(), 2U);
}

TEST_F(BellsTest, RingOnceInEveryProcess) {
    connect();
    const People people{somebody(), somebody()};
    here.ring_everywhere(people);
    EXPECT_EQ(bell.heard, Heard{people});
    EXPECT_EQ(far_bell.heard, Heard{people});
}

TEST_F(BellsTest, AreConnectedOnce) {
    connect();
    connect();
    here.ring_everywhere({somebody()});
    EXPECT_EQ(bus.payloads.size(), 1U);
    EXPECT_EQ(far_bell.heard.size(), 1U);
}

TEST_F(BellsTest, ManyPeopleFitIntoWhatPostgresqlCanNotify) {
    connect();
    People people;
    for (int i = 0; i < 1'000; ++i) people.push_back(somebody());
    here.ring_everywhere(people);
    for (const std::string& payload : bus.payloads) EXPECT_LT(payload.size(), 8'000U);
    People heard;
    for (const People& some : far_bell.heard) heard.insert(heard.end(), some.begin(), some.end());
    EXPECT_EQ(heard, people);
    EXPECT_EQ(bell.heard.size(), 1U);
}

TEST_F(BellsTest, AnEmptyPayloadWakesEverybody) {
    connect();
    bus.publish("");
    EXPECT_EQ(bell.heard, Heard{People{}});
    EXPECT_EQ(far_bell.heard, Heard{People{}});
}

TEST_F(BellsTest, WhatIsNotUnderstoodWakesEverybodyAndWhatIsNotOursNobody) {
    connect();
    bus.publish("live another-process not-an-id");
    EXPECT_EQ(bell.heard, Heard{People{}});
    bus.publish("search 42");
    bus.publish("live");
    EXPECT_EQ(bell.heard.size(), 1U);
}

}  // namespace
}  // namespace safargo::live
