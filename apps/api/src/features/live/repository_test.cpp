// Positions: without gaps, each given once, whoever asks at the same time.
#include "features/live/live_world_test.hpp"
#include "features/live/personal_data.hpp"
#include "testing/gate.hpp"

#include <map>

namespace safargo::live::test {
namespace {

class EventRows : public LiveWorld {
protected:
    std::int64_t number(const std::string& sql) {
        const db::Statement statement{"test_number", sql};
        return testing::run(database.db().query(statement))[0].get<std::int64_t>(0);
    }
    void begin_counting(UserId user) { testing::run(rows.start(database.db(), user, {})); }
    EventRepository rows;
};

TEST_F(EventRows, NobodyWhoHasNeverOpenedAStreamIsNumbered) {
    const UserId follower = somebody(), other = somebody();
    begin_counting(follower);
    tell("one", {follower, other});
    testing::run(rows.read(database.db(), {.people = {follower, other}, .after = {0, 0}}));
    EXPECT_EQ(number("select count(*) from user_events where position is not null"), 1);
    begin_counting(other);
    EXPECT_EQ(number("select count(*) from user_events where position is null"), 0);
}

TEST_F(EventRows, AReadingWithoutNewsWritesNothing) {
    const UserId user = somebody();
    begin_counting(user);
    tell("one", {user});
    testing::run(rows.read(database.db(), {.people = {user}, .after = {0}}));
    const auto before = number("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
    for (int i = 0; i < 5; ++i) testing::run(rows.read(database.db(), {.people = {user}, .after = {1}}));
    EXPECT_EQ(number("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint"), before);
}

Task<void> read_through(testing::Gate& gate, EventRepository rows, db::Database& database, Readers readers,
                        std::vector<StoredEvent>& read) {
    co_await gate.pass();
    read = co_await rows.read(database, std::move(readers));
}

// In opposite orders, as hubs list their people in any.
TEST_F(EventRows, ReadersThatMeetNumberEachEventOnce) {
    std::vector<UserId> people;
    for (int i = 0; i < 8; ++i) people.push_back(somebody());
    for (const UserId user : people) begin_counting(user);
    for (int round = 0; round < 20; ++round) {
        tell("news", people);
        testing::Gate gate(4);
        std::vector<std::vector<StoredEvent>> read(4);
        std::vector<Task<void>> readers;
        for (std::size_t i = 0; i < read.size(); ++i) {
            Readers wanted{people, std::vector<std::int64_t>(people.size(), round)};
            if (i % 2 == 1) std::ranges::reverse(wanted.people);
            readers.push_back(read_through(gate, rows, database.db(), wanted, read[i]));
        }
        testing::run_all(std::move(readers));
        for (const auto& events : read) EXPECT_EQ(events.size(), people.size());
    }
    EXPECT_EQ(number("select count(*) from user_events where position is null"), 0);
    EXPECT_EQ(number("select max(position) from user_events"), 20);
    EXPECT_EQ(number("select min(numbered) from user_event_counts"), 20);
}

TEST_F(EventRows, EachPersonsEventsComeTogetherAndInOrder) {
    const UserId one = somebody(), two = somebody();
    for (const UserId user : {one, two}) begin_counting(user);
    for (const char* word : {"a", "b", "c"}) tell(word, {one, two});
    const auto events = testing::run(rows.read(database.db(), {.people = {two, one}, .after = {1, 0}}));
    Lines lines;
    for (const StoredEvent& event : events) {
        lines.push_back((event.user == one ? "one " : "two ") + std::to_string(event.position) + " " + event.what);
    }
    EXPECT_EQ(lines, (Lines{"two 2 b", "two 3 c", "one 1 a", "one 2 b", "one 3 c"}));
    EXPECT_EQ(events[0].subject.value, booking.value);
    EXPECT_EQ(events[0].at, clock.now());
    EXPECT_EQ(events[0].name, "booking");
}

TEST_F(EventRows, APersonsEventsAreExportedAndForgotten) {
    const UserId user = somebody(), other = somebody();
    begin_counting(user);
    tell("confirmed", {user, other});
    const platform::PersonalData data = personal_data();
    const db::Statement exported{"test_export", data.exported.at(0).sql};
    const std::string text(testing::run(database.db().query(exported, user))[0].get<std::string>(0));
    EXPECT_TRUE(text.contains(booking.str())) << text;
    EXPECT_TRUE(text.contains("confirmed")) << text;
    db::Transaction tx = begin();
    testing::run(data.forget(tx, user, clock.now()));
    commit(tx);
    EXPECT_EQ(number("select count(*) from user_events"), 1);
    EXPECT_EQ(number("select count(*) from user_event_counts"), 0);
}

}  // namespace
}  // namespace safargo::live::test
