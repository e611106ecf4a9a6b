// Versions side by side: events reach their subscribers even through a version that does not know them.
#include "jobs/fan_out_world_test.hpp"

namespace safargo::jobs {
namespace {

class FanOutVersions : public FanOutWorld {
protected:
    void send_first() { send({listener("test.first")}); }
    std::string registered(const std::string& what) {
        const std::string sql = "select coalesce(string_agg((" + what +
                                ")::text, ' ' order by subscriber), '') from outbox_subscriptions where kind = 'fact'";
        const db::Statement statement{"test_registered", sql};
        return testing::run(database_.db().query(statement))[0].get<std::string>(0);
    }
};

TEST_F(FanOutVersions, ANewSubscriberGetsLaterEvents) {
    add_row("a", "before", "fact", 60s);
    send_first();
    start({listener("test.first"), listener("test.second")});
    add_row("a", "after", "fact", 60s);
    clock_.advance(60s);
    send_both();
    EXPECT_EQ(heard_["test.first"], (Texts{"before", "after"}));
    EXPECT_EQ(heard_["test.second"], Texts{"after"});
}

TEST_F(FanOutVersions, TheFirstSubscribersOfAKindGetAllWaitingEvents) {
    add_row("a", "old", "fact");
    send_both();
    EXPECT_EQ(heard_["test.first"], Texts{"old"});
    EXPECT_EQ(heard_["test.second"], Texts{"old"});
    EXPECT_EQ(registered("since"), "0 0");
}

// The older version claims first, expands, and leaves a delivery that it cannot handle.
TEST_F(FanOutVersions, AnOlderVersionExpandsForANewerOne) {
    send_first();
    start({listener("test.second")});
    add_row("a", "hello", "fact");
    send_first();
    EXPECT_EQ(heard_["test.first"], Texts{"hello"});
    EXPECT_EQ(deliveries("test.second", "attempts"), "0") << "waits for a version that knows it";
    send_both();
    EXPECT_EQ(heard_["test.first"].size(), 1U);
    EXPECT_EQ(heard_["test.second"], Texts{"hello"});
}

TEST_F(FanOutVersions, ARunningVersionLearnsOfANewSubscriber) {
    OutboxDispatcher older{executor(), database_.db(), clock_, {listener("test.first")}};
    testing::run(older.run_once());
    start({listener("test.second")});
    add_row("a", "hello", "fact");
    testing::run(older.run_once());
    EXPECT_EQ(heard_["test.first"], Texts{}) << "it does not know the other yet, and leaves the row";
    clock_.advance(registry_refresh);
    testing::run(older.run_once());
    EXPECT_EQ(heard_["test.first"], Texts{"hello"});
    EXPECT_EQ(deliveries("test.second", "sent_at"), "-");
}

TEST_F(FanOutVersions, ARemovedSubscriberDoesNotAffectTheOther) {
    send_both();
    EXPECT_EQ(registered("shared"), "true true");
    add_row("a", "told", "fact");
    failing_ = {"test.first"};
    send_both();
    database_.execute("delete from outbox_subscriptions where subscriber = 'test.second'");
    add_row("a", "next", "fact");
    failing_.clear();
    clock_.advance(1s);
    send_first();
    EXPECT_EQ(heard_["test.first"], (Texts{"told", "next"})) << "in order, so still through its own rows";
    EXPECT_EQ(registered("shared"), "true");
    add_row("a", "last", "fact");
    send_first();
    EXPECT_EQ(registered("shared"), "false");
    EXPECT_EQ(heard_["test.first"], (Texts{"told", "next", "last"}));
    EXPECT_EQ(column("sent_at is not null", "last"), "true");
}

// The statements of versions before subscriptions existed.
constexpr db::Statement old_claim{"old_outbox_claim", R"(
    with due as materialized (
        select id from (
            select claimable.*, row_number() over (partition by room order by available_at, id) as nth from (
                select found.*, room, at_most,
                       row_number() over (partition by leased_until is null order by available_at, id) as place
                from unnest($1::text[], $2::int[], $3::bigint[]) as wanted (kind, room, at_most)
                cross join lateral (
                    select id, available_at, leased_until from outbox
                    where kind = wanted.kind and available_at <= $4 and sent_at is null and dead_at is null
                      and (leased_until is null or ($6 and leased_until <= $4))
                      and id = (select earlier.id from outbox earlier
                                where earlier.ordering_key = outbox.ordering_key
                                  and earlier.sent_at is null and earlier.dead_at is null
                                order by earlier.id limit 1)
                    order by available_at, id limit wanted.at_most for update skip locked) found) claimable
            where leased_until is null or place = 1) numbered
        where nth <= at_most)
    update outbox set leased_until = $5, attempts = attempts + 1,
        lost_leases = case when leased_until is null then 0 else lost_leases + 1 end
    where id = any (array(select id from due))
    returning id, ordering_key, kind, payload, attempts, expires_at, lost_leases)"};
constexpr db::Statement old_sent{"old_outbox_sent", R"(
    update outbox set sent_at = $3, leased_until = null, payload = '', last_error = null
    from unnest($1::bigint[], $2::timestamptz[]) as sent (id, leased_until)
    where outbox.id = sent.id and outbox.leased_until = sent.leased_until)"};
constexpr db::Statement old_retry{"old_outbox_retry", R"(
    with head as (
        update outbox set available_at = $3, leased_until = null, last_error = $4
        where id = $1 and leased_until = $2 returning id, ordering_key)
    update outbox set available_at = $3 from head
    where outbox.ordering_key = head.ordering_key and outbox.id > head.id and outbox.available_at < $3
      and outbox.sent_at is null and outbox.dead_at is null)"};
constexpr db::Statement old_bury{"old_outbox_bury", R"(
    update outbox set dead_at = $3, leased_until = null, last_error = $4,
        payload = case when $5 then '' else payload end
    where id = $1 and leased_until = $2)"};
constexpr db::Statement old_insert{"old_outbox_insert", R"(
    insert into outbox (ordering_key, kind, payload, created_at, available_at, expires_at, dedupe_key)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (dedupe_key) where dedupe_key is not null do nothing)"};

class BeforeSubscriptions : public FanOutVersions {
protected:
    // The migration registers the subscriber that "fact" had then; the other is new in this version.
    void SetUp() override {
        database_.execute(
            "insert into outbox_subscriptions (kind, subscriber, since) values ('fact', 'test.first', 0)");
    }
    Instant lease() { return clock_.now() + 60s; }
    std::vector<std::int64_t> claim_as_before() {
        const db::Rows rows =
            testing::run(database_.db().query(old_claim, Texts{"fact"}, std::vector<std::int32_t>{0},
                                              std::vector<std::int64_t>{8}, clock_.now(), lease(), true));
        std::vector<std::int64_t> ids;
        for (const db::Row row : rows) ids.push_back(row.get<std::int64_t>(0));
        return ids;
    }
    void mark_as_before(std::vector<std::int64_t> ids) {
        std::vector<Instant> leases(ids.size(), lease());
        testing::run(database_.db().query(old_sent, std::move(ids), std::move(leases), clock_.now()));
    }
    void publish_as_before(const std::string& payload) {
        testing::run(database_.db().query(old_insert, std::string("a"), std::string("fact"), payload, clock_.now(),
                                          clock_.now(), std::optional<Instant>(), std::optional<std::string>()));
    }
};

TEST_F(BeforeSubscriptions, WaitingRowsAreDelivered) {
    publish_as_before("waiting");
    database_.execute("update outbox set attempts = 3, last_error = 'away'");
    send_both();
    EXPECT_EQ(heard_["test.first"], Texts{"waiting"});
    EXPECT_EQ(heard_["test.second"], Texts{}) << "published before it subscribed";
}

TEST_F(BeforeSubscriptions, WhatTheOldVersionSendsReachesTheNewSubscriberToo) {
    start({listener("test.first"), listener("test.second")});
    publish_as_before("by the old");
    mark_as_before(claim_as_before());
    EXPECT_EQ(deliveries("test.second", "payload"), "by the old");
    EXPECT_EQ(deliveries("test.first", "id"), "none") << "the old version did that";
    send_both();
    EXPECT_EQ(heard_["test.first"], Texts{});
    EXPECT_EQ(heard_["test.second"], Texts{"by the old"});
}

TEST_F(BeforeSubscriptions, WhatTheOldVersionBuriesReachesTheNewSubscriberToo) {
    start({listener("test.first"), listener("test.second")});
    publish_as_before("hopeless");
    const auto ids = claim_as_before();
    testing::run(database_.db().query(old_bury, ids.at(0), lease(), clock_.now(), std::string("away"), false));
    send_both();
    EXPECT_EQ(heard_["test.first"], Texts{});
    EXPECT_EQ(heard_["test.second"], Texts{"hopeless"});
}

TEST_F(BeforeSubscriptions, RowsItHoldsAreLeftToItAndRetriesAreTaken) {
    start({listener("test.first"), listener("test.second")});
    publish_as_before("one");
    publish_as_before("two");
    const auto ids = claim_as_before();
    ASSERT_EQ(ids.size(), 1U);
    EXPECT_EQ(send_both(), 0U) << "neither the row it holds, nor later ones";
    testing::run(database_.db().query(old_retry, ids.at(0), lease(), clock_.now() + 1s, std::string("away")));
    clock_.advance(1s);
    send_both();
    EXPECT_EQ(heard_["test.first"], (Texts{"one", "two"}));
    EXPECT_EQ(heard_["test.second"], (Texts{"one", "two"}));
    EXPECT_EQ(claim_as_before(), std::vector<std::int64_t>{}) << "it does not know deliveries";
}

TEST_F(BeforeSubscriptions, TakesTurnsWithThisVersionOnAKindWithOneSubscriber) {
    for (const std::string payload : {"one", "two", "three"}) publish_as_before(payload);
    mark_as_before(claim_as_before());  // "one", by its own handler
    send_first();
    EXPECT_EQ(heard_["test.first"], (Texts{"two", "three"}));
    EXPECT_EQ(deliveries("test.first", "id"), "none");
}

}  // namespace
}  // namespace safargo::jobs
