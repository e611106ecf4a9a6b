// What a claim takes, and how many rows it reads.
#include "jobs/outbox_world_test.hpp"

namespace safargo::jobs {
namespace {

class OutboxClaim : public Outbox {
protected:
    Claim into(std::vector<Room> rooms) {
        return {.rooms = std::move(rooms), .now = clock_.now(), .leased_until = clock_.now() + 60s};
    }
    static Texts payloads(const std::vector<ClaimedMessage>& claimed) {
        Texts payloads;
        for (const ClaimedMessage& one : claimed) payloads.push_back(one.message.payload);
        std::ranges::sort(payloads);
        return payloads;
    }
    Texts claim(db::Session& session, std::vector<std::string> kinds, std::size_t at_most) {
        return payloads(testing::run(OutboxRows{}.claim(session, into({{std::move(kinds), at_most}}))));
    }
    Texts claim(std::vector<std::string> kinds, std::size_t at_most) {
        return claim(database_.db(), std::move(kinds), at_most);
    }
    // Rows of the outbox read by the transaction so far.
    std::int64_t rows_read(db::Transaction& tx) {
        static constexpr db::Statement statement{
            "test_rows_read",
            "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'outbox'"};
        return testing::run(tx.query(statement))[0].get<std::int64_t>(0);
    }
};

TEST_F(OutboxClaim, TakesTheOldestOfAllKinds) {
    for (int i = 9; i >= 0; --i)
        add_row("key " + std::to_string(i), std::to_string(i), i % 2 == 0 ? "money" : "note", std::chrono::seconds{i});
    add_row("later", "later", "note", 11s);
    clock_.advance(10s);
    EXPECT_EQ(claim({"note", "money"}, 4), (Texts{"0", "1", "2", "3"}));
    EXPECT_EQ(claim({"note"}, 2), (Texts{"5", "7"}));
    EXPECT_EQ(claim({"note", "money"}, 10), (Texts{"4", "6", "8", "9"}));
    EXPECT_EQ(claim({"note", "money"}, 10), Texts{});
}

TEST_F(OutboxClaim, SkipsRowsBlockedByTheirKey) {
    add_row("a", "head", "note", 60s);
    add_row("a", "due behind it");
    add_row("b", "of another kind", "money");
    add_row("b", "behind that");
    add_row("c", "free");
    EXPECT_EQ(claim({"note"}, 10), Texts{"free"});
    EXPECT_EQ(claim({"money"}, 10), Texts{"of another kind"});
}

TEST_F(OutboxClaim, FillsEachRoomWithItsKinds) {
    for (int i = 0; i < 4; ++i) {
        add_row("note " + std::to_string(i), "note " + std::to_string(i), "note", std::chrono::seconds{i});
        add_row("money " + std::to_string(i), "money " + std::to_string(i), "money", std::chrono::seconds{i});
    }
    add_row("secret", "secret", "secret");
    clock_.advance(10s);
    const Claim wanted = into({{{"note", "secret"}, 3}, {{"money"}, 1}});
    EXPECT_EQ(payloads(testing::run(OutboxRows{}.claim(database_.db(), wanted))),
              (Texts{"money 0", "note 0", "note 1", "secret"}));
}

TEST_F(OutboxClaim, TakesOneSuspectAcrossAllRooms) {
    add_row("a", "younger", "note", 1s);
    add_row("b", "older", "money");
    clock_.advance(1s);
    ASSERT_EQ(claim({"note", "money"}, 8).size(), 2U);
    clock_.advance(60s);
    add_row("c", "new", "note");
    Claim wanted = into({{{"note"}, 8}, {{"money"}, 8}});
    EXPECT_EQ(payloads(testing::run(OutboxRows{}.claim(database_.db(), wanted))), (Texts{"new", "older"}));
    wanted.suspects = Suspects::none;
    EXPECT_EQ(payloads(testing::run(OutboxRows{}.claim(database_.db(), wanted))), Texts{});
}

TEST_F(OutboxClaim, TakesRowsThatWaitedBehindSentOnes) {
    for (const std::string key : {"a", "b"}) {
        add_row(key, key + " first");
        add_row(key, key + " second");
    }
    const auto first = testing::run(OutboxRows{}.claim(database_.db(), into({{{"note"}, 8}})));
    ASSERT_EQ(payloads(first), (Texts{"a first", "b first"}));
    EXPECT_EQ(payloads(testing::run(OutboxRows{}.claim(database_.db(), into({{{"note"}, 8}}), first))),
              (Texts{"a second", "b second"}));
    EXPECT_EQ(column("sent_at = '2026-12-01T08:00:00Z' and payload = ''", "a first"), "true");
    EXPECT_EQ(column("sent_at", "b second"), "-");
}

TEST_F(OutboxClaim, SkipsRowsBeingClaimedElsewhere) {
    add_row("a", "one");
    add_row("b", "two");
    db::Transaction other = testing::run(database_.db().begin());
    EXPECT_EQ(claim(other, {"note"}, 1), Texts{"one"});
    EXPECT_EQ(claim({"note"}, 10), Texts{"two"});
    testing::run(other.rollback());
    EXPECT_EQ(claim({"note"}, 10), Texts{"one"});
}

// However long the queue: 5,000 rows wait, and a claim of 8 may read only a few of each kind.
TEST_F(OutboxClaim, ReadsNoMoreThanItNeeds) {
    database_.execute(R"(
        insert into outbox (ordering_key, kind, payload, created_at, available_at)
        select 'key ' || i % 1000, (array['note', 'money'])[1 + i % 2], i, '2026-12-01T07:00Z',
               timestamptz '2026-12-01T07:00Z' + i * interval '1 ms'
        from generate_series(1, 5000) i;
        analyze outbox;)");
    db::Transaction tx = testing::run(database_.db().begin());
    EXPECT_EQ(claim(tx, {"note", "money"}, 8), (Texts{"1", "2", "3", "4", "5", "6", "7", "8"}));
    EXPECT_LE(rows_read(tx), 8 * 2 * 3 + 8);
    testing::run(tx.commit());
}

// The provider is down: the first row of each key is retried later, and later rows are not due before it.
TEST_F(OutboxClaim, FindsNothingDueBehindARetry) {
    for (int i = 0; i < 100; ++i) add_row("key " + std::to_string(i % 5), std::to_string(i));
    for (int i = 0; i < 5; ++i) failures_[std::to_string(i)] = 1;
    EXPECT_EQ(send(), 5U);
    static constexpr db::Statement due{"test_due", "select count(*) from outbox where available_at <= $1"};
    EXPECT_EQ(testing::run(database_.db().query(due, clock_.now()))[0].get<std::int64_t>(0), 0);
    clock_.advance(1s);
    EXPECT_EQ(send(), 100U);
}

}  // namespace
}  // namespace safargo::jobs
