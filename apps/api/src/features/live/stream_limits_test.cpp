// How long a stream lasts, and how many a person may have.
#include "features/live/live_world_test.hpp"

namespace safargo::live::test {
namespace {

using namespace std::chrono_literals;

class StreamLimits : public LiveWorld {};

TEST_F(StreamLimits, AStreamEndsSoonAfterItsSession) {
    Process process{database.db(), clock, sessions, looking};
    const Caller here_and_there = caller(somebody());
    const PagePtr page = try_open(process, here_and_there).value();
    const PagePtr other_session = open(process, here_and_there.id);
    until([&] { return sessions.asked > 1; });
    EXPECT_FALSE(page->ended);
    sessions.ended.insert(here_and_there.session);
    until([&] { return page->ended; });
    EXPECT_FALSE(other_session->ended);
}

TEST_F(StreamLimits, AStreamLastsAsLongAsItsToken) {
    Caller soon = caller(somebody()), never = caller(somebody());
    soon.valid_until = clock.now() + 15min;
    const auto before = std::chrono::steady_clock::now();
    const PagePtr page = try_open(here, soon).value(), endless = try_open(here, never).value();
    const auto after = std::chrono::steady_clock::now();
    EXPECT_GE(page->source->ends_at(), before + 15min);
    EXPECT_LE(page->source->ends_at(), after + 15min);
    EXPECT_LE(endless->source->ends_at(), after + 24h);
}

TEST_F(StreamLimits, APersonHasOnlySoManyStreamsInAProcess) {
    const UserId user = somebody();
    std::vector<PagePtr> pages;
    for (std::size_t i = 0; i < OpenStreams::most_per_person; ++i) pages.push_back(open(here, user));
    const auto refused = try_open(here, caller(user));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::too_many_streams);
    EXPECT_TRUE(refused.error().retry_after);
    EXPECT_TRUE(try_open(here, caller(somebody())));
    pages.pop_back();
    EXPECT_TRUE(try_open(here, caller(user)));
    pages.clear();
    EXPECT_EQ(here.switchboard.streams.people(), 0U) << "nothing is left of them";
}

TEST_F(StreamLimits, AStreamThatNeverOpensLeavesNothing) {
    {
        auto opened = testing::run(here.streams.open(caller(somebody()), {}));
    }
    EXPECT_EQ(here.switchboard.streams.people(), 0U);
}

}  // namespace
}  // namespace safargo::live::test
