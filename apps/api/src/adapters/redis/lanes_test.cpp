#include "adapters/redis/lanes.hpp"

#include "adapters/redis/slots.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace safargo::redis {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Lanes::Time start = Lanes::Time{} + 1h;

TEST(Lanes, NeighbouringSlotsShareALane) {
    EXPECT_EQ(slot_of("foo"), 12'182) << "as CLUSTER KEYSLOT says";
    EXPECT_EQ(Lanes::of("foo"), 12'182 / 256);
    EXPECT_EQ(Lanes::of("rate:{foo}"), Lanes::of("foo"));
    for (int i = 0; i < 1'000; ++i) EXPECT_LT(Lanes::of("key" + std::to_string(i)), Lanes::count);
}

TEST(Lanes, OneThatFailsLeavesTheOthersTrusted) {
    Lanes lanes;
    EXPECT_TRUE(lanes.distrust(7, start, start));
    EXPECT_FALSE(lanes.distrust(7, start, start)) << "it was not trusted any more";
    EXPECT_FALSE(lanes.trusts(7));
    EXPECT_TRUE(lanes.trusts(8));
    EXPECT_EQ(lanes.distrusted(), 1U);
}

TEST(Lanes, AreProbedAfterTheirPauseByOneProbeAtATime) {
    Lanes lanes;
    lanes.distrust(7, start, start);
    EXPECT_THAT(lanes.due(start + 249ms), IsEmpty());
    EXPECT_THAT(lanes.due(start + 250ms), ElementsAre(7));
    EXPECT_THAT(lanes.due(start + 1h), IsEmpty()) << "its probe has not ended";
    EXPECT_TRUE(lanes.probe_worked(7, start + 1h));
    EXPECT_TRUE(lanes.trusts(7));
    EXPECT_EQ(lanes.distrusted(), 0U);
    EXPECT_THAT(lanes.due(start + 2h), IsEmpty());
}

TEST(Lanes, PauseLongerWithEveryFailureUpToASecond) {
    Lanes lanes;
    lanes.distrust(7, start, start);
    auto now = start;
    for (const auto pause : {250ms, 500ms, 1'000ms, 1'000ms}) {
        EXPECT_THAT(lanes.due(now + pause - 1ms), IsEmpty()) << pause.count();
        now += pause;
        EXPECT_THAT(lanes.due(now), ElementsAre(7)) << pause.count();
        lanes.probe_failed(7, now);
    }
}

// A Redis that answers probes and nothing else would otherwise cost somebody 50 ms four times a second.
TEST(Lanes, ThatFailAgainAtOnceAreTrustedLater) {
    Lanes lanes;
    lanes.distrust(7, start, start);
    EXPECT_THAT(lanes.due(start + 250ms), ElementsAre(7));
    lanes.probe_worked(7, start + 250ms);
    lanes.distrust(7, start + 251ms, start + 251ms);
    EXPECT_THAT(lanes.due(start + 750ms), IsEmpty());
    EXPECT_THAT(lanes.due(start + 751ms), ElementsAre(7));
}

TEST(Lanes, ForgetTheirPastOnceTheyHaveSettled) {
    Lanes lanes;
    lanes.distrust(7, start, start);
    lanes.due(start + 1s);
    lanes.probe_worked(7, start + 1s);
    const auto later = start + 1s + 10s + 1ms;
    lanes.distrust(7, later, later);
    EXPECT_THAT(lanes.due(later + 250ms), ElementsAre(7));
}

TEST(Lanes, AreJudgedByWhatWasSentSinceTheyWereTrustedAgain) {
    Lanes lanes;
    lanes.distrust(7, start, start);
    lanes.due(start + 250ms);
    lanes.probe_worked(7, start + 260ms);
    EXPECT_FALSE(lanes.distrust(7, start + 259ms, start + 310ms)) << "that one waited for the Redis of before";
    EXPECT_TRUE(lanes.trusts(7));
    EXPECT_TRUE(lanes.distrust(7, start + 260ms, start + 310ms));
}

TEST(Lanes, AFailureOfATrustedLanesProbeIsLikeAnyOther) {
    Lanes lanes;
    lanes.probe_failed(7, start);
    EXPECT_TRUE(lanes.trusts(7)) << "the caller distrusts it";
    EXPECT_FALSE(lanes.probe_worked(7, start));
    EXPECT_TRUE(lanes.distrust(7, start, start));
    EXPECT_THAT(lanes.due(start + 250ms), ElementsAre(7));
}

}  // namespace
}  // namespace safargo::redis
