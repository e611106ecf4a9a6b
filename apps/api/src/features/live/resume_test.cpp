// Coming back after a lost connection: nothing lost, nothing twice, or a reset.
#include "features/live/live_world_test.hpp"
#include "features/live/pruning.hpp"

#include <algorithm>
#include <limits>
#include <random>

namespace safargo::live::test {
namespace {

using namespace std::chrono_literals;

class ResumeTest : public LiveWorld {
protected:
    // What the hourly job does.
    std::int64_t prune() {
        static constexpr std::int64_t batch = 5'000;
        const platform::PruningRule rule = pruning_rules().at(0);
        return testing::run(database.db().query(rule.statement, clock.now() - rule.kept, batch)).affected();
    }
    // The first words of a stream that begins after this id.
    std::string greeting(UserId user, std::optional<std::int64_t> last) { return open(here, user, last)->lines.at(0); }
};

TEST_F(ResumeTest, GoesOnAfterTheLastEventOnAnyProcess) {
    Process other{database.db(), clock, sessions, woken};
    const UserId user = somebody();
    PagePtr page = open(here, user);
    for (const char* word : {"one", "two", "three"}) tell(word, {user});
    until([&] { return page->events().size() == 3; });
    page->close();
    tell("four", {user});
    const PagePtr after_two = open(other, user, 2), after_three = open(other, user, 3);
    EXPECT_EQ(after_two->lines.front(), "2 open");
    until([&] { return after_two->events().size() == 2 && after_three->events().size() == 1; });
    EXPECT_EQ(after_two->events(), (Lines{"3 booking three", "4 booking four"}));
    EXPECT_EQ(after_three->events(), Lines{"4 booking four"});
}

TEST_F(ResumeTest, AnIdThatWasNeverTheirsIsReset) {
    const UserId user = somebody(), other = somebody();
    tell("one", {user, other});
    tell("two", {other});
    EXPECT_EQ(greeting(user, 2), "1 reset reset") << "an event of somebody else's stream";
    EXPECT_EQ(greeting(user, 9'000'000'000), "1 reset reset");
    EXPECT_EQ(greeting(user, std::numeric_limits<std::int64_t>::max()), "1 reset reset");
    EXPECT_EQ(greeting(somebody(), 1), "0 reset reset");
    EXPECT_EQ(greeting(somebody(), 0), "0 open");
}

TEST_F(ResumeTest, AfterAResetTheStreamGoesOn) {
    const UserId user = somebody();
    const PagePtr page = open(here, user, 77);
    tell("one", {user});
    until([&] { return page->events().size() == 2; });
    EXPECT_EQ(page->events(), (Lines{"0 reset reset", "1 booking one"}));
}

TEST_F(ResumeTest, EventsAreKeptForSevenDays) {
    const UserId user = somebody();
    PagePtr page = open(here, user);
    tell("one", {user});
    clock.advance(1h);
    tell("two", {user});
    until([&] { return page->events().size() == 2; });
    page->close();

    clock.advance(24h * 7 - 1h);
    EXPECT_EQ(prune(), 0);
    EXPECT_EQ(greeting(user, 0), "0 open");
    clock.advance(1ms);
    EXPECT_EQ(prune(), 1);
    EXPECT_EQ(greeting(user, 0), "2 reset reset") << "the first is gone";
    EXPECT_EQ(greeting(user, 1), "1 open") << "the second is not";
    clock.advance(1h);
    EXPECT_EQ(prune(), 1);
    EXPECT_EQ(greeting(user, 1), "2 reset reset");
    EXPECT_EQ(greeting(user, 2), "2 open") << "nothing has happened since";
}

TEST_F(ResumeTest, WhatWasPrunedUnreadIsMissedToo) {
    const UserId user = somebody();
    tell("one", {user});
    EXPECT_EQ(greeting(user, {}), "1 open");
    tell("unread", {user});
    tell("unread as well", {user});
    clock.advance(24h * 7 + 1s);
    EXPECT_EQ(prune(), 3);
    tell("young", {user});
    EXPECT_EQ(greeting(user, 1), "4 reset reset");
    EXPECT_EQ(greeting(user, 3), "3 open");
}

TEST_F(ResumeTest, PruningLeavesNothingOfThoseWhoNeverCame) {
    tell("one", {somebody(), somebody()});
    clock.advance(24h * 7 + 1s);
    EXPECT_EQ(prune(), 2);
    EXPECT_EQ(prune(), 0);
}

// A row that is old although its id is not the oldest waits for its turn; nothing young is taken with the old.
TEST_F(ResumeTest, PruningTakesOldRowsOnly) {
    const UserId user = somebody();
    EXPECT_EQ(greeting(user, {}), "0 open");
    const Instant old = clock.now();
    clock.advance(24h * 7);
    tell("young", {user});
    clock.set(old);
    tell("old", {user});
    clock.advance(24h * 7 + 1s);
    EXPECT_EQ(prune(), 1);
    EXPECT_EQ(greeting(user, 0), "2 reset reset") << "one is gone";
    EXPECT_EQ(greeting(user, 1), "1 open") << "the other is not";
}

// Many writers commit in any order; clients lose their connection at any moment and go on after the last id.
TEST_F(ResumeTest, WhateverTheOrderOfCommitsNothingIsLostOrDoubled) {
    Process other{database.db(), clock, sessions, looking};
    std::mt19937 random(20261130);
    const std::vector<UserId> people{somebody(), somebody(), somebody()};
    std::vector<PagePtr> pages;
    std::vector<Lines> received(people.size());
    for (const UserId user : people) pages.push_back(open(here, user));
    const auto reconnect = [&](std::size_t i) {
        for (const std::string& line : pages[i]->events()) received[i].push_back(line);
        pages[i]->close();
        pages[i] = reopen(random() % 2 == 0 ? here : other, people[i], *pages[i]);
    };
    std::vector<db::Transaction> open_transactions;
    std::vector<int> expected(people.size());
    for (int step = 0; step < 150; ++step) {
        if (random() % 2 == 0 && open_transactions.size() < 5) {
            open_transactions.push_back(begin());
            for (std::size_t i = 0; i < people.size(); ++i) {
                if (random() % 3 == 0) continue;
                tell_in(open_transactions.back(), std::to_string(step), {people[i]});
                ++expected[i];
            }
        } else if (!open_transactions.empty()) {
            std::ranges::swap(open_transactions[random() % open_transactions.size()], open_transactions.back());
            commit(open_transactions.back());
            open_transactions.pop_back();
        }
        if (random() % 3 == 0) reconnect(random() % people.size());
    }
    for (db::Transaction& tx : open_transactions) commit(tx);
    for (std::size_t i = 0; i < people.size(); ++i) {
        settle(*pages[i], people[i]);
        reconnect(i);
        ASSERT_EQ(received[i].size(), static_cast<std::size_t>(expected[i]));
        std::set<std::string> words;
        for (std::size_t n = 0; n < received[i].size(); ++n) {
            EXPECT_TRUE(received[i][n].starts_with(std::to_string(n + 1) + " ")) << received[i][n];
            words.insert(received[i][n].substr(received[i][n].rfind(' ')));
        }
        EXPECT_EQ(words.size(), received[i].size());
    }
}

}  // namespace
}  // namespace safargo::live::test
