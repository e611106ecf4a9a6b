// What the feed does when the server goes down, is replaced, or has pruned changes.
#include "features/search/search_world_test.hpp"

#include "core/failures.hpp"

namespace safargo::search {
namespace {

constexpr db::Statement count_waiting{"test_count_waiting", R"(
    select count(*) from pg_stat_activity
    where datname = current_database() and application_name = 'safargo-feed' and wait_event_type = 'Lock')"};

constexpr const char* kill_feed = R"(
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'safargo-feed')";

// Functions by which the server identifies itself, ahead of PostgreSQL's on the search path. The control file goes on
// naming the old timeline, as it does after a promotion until the first checkpoint.
constexpr const char* imitate_server = R"(
    create schema imitation;
    create table imitation.server as
        select 1::bigint as system, 1 as timeline, now() as started, false as in_recovery;
    create function imitation.pg_control_system(out system_identifier bigint) language sql
        as 'select system from imitation.server';
    create function imitation.pg_walfile_name(pg_lsn) returns text language sql
        as 'select lpad(to_hex(timeline), 8, ''0'') || ''0000000000000001'' from imitation.server';
    create function imitation.pg_postmaster_start_time() returns timestamptz language sql
        as 'select started from imitation.server';
    create function imitation.pg_is_in_recovery() returns bool language sql
        as 'select in_recovery from imitation.server';
    do $$ begin execute format('alter database %I set search_path = imitation, public, pg_catalog', current_database());
    end $$)";

class FeedRecovery : public SearchWorld {
protected:
    explicit FeedRecovery(std::chrono::milliseconds check_every = 0ms) : SearchWorld(check_every) {}
    void prune(std::chrono::minutes later) {
        clock.advance(later);
        testing::run(prune_trip_changes(database.db(), clock.now()));
    }
    std::int64_t changes() const {
        return db::BlockingConnection(database.url())
            .query("select count(*) from trip_changes")[0]
            .get<std::int64_t>(0);
    }
    // Other databases of the server may have transactions open, and a horizon waits for them.
    void prune_all() {
        const auto patience = std::chrono::steady_clock::now() + 30s;
        do {
            ASSERT_LT(std::chrono::steady_clock::now(), patience) << "nothing is ever pruned";
            prune(11min);
        } while (changes() > 0);
    }
    Task<void> kill_when_waiting() {
        while ((co_await database.db().query(count_waiting))[0].get<std::int64_t>(0) == 0) continue;
        execute(kill_feed);
    }
    Task<void> fail_to_poll() {
        bool failed = false;
        try {
            co_await feed.poll();
        } catch (const DependencyUnavailable&) {
            failed = true;
        }
        EXPECT_TRUE(failed);
    }
};

TEST_F(FeedRecovery, AConnectionKilledWhileReadingCostsNothing) {
    const TripId trip = offer();
    poll();
    db::BlockingConnection writer(database.url()), blocker(database.url());
    blocker.execute("begin; lock trip_changes in access exclusive mode");
    std::vector<Task<void>> both;
    both.push_back(fail_to_poll());
    both.push_back(kill_when_waiting());
    testing::run_all(std::move(both));
    blocker.execute("rollback");
    execute(sell_seat(trip) + insert_trip(ride()));
    EXPECT_EQ(poll(), 2U);
    expect_equal_to_table();
    EXPECT_EQ(loadings(), 1);
}

TEST_F(FeedRecovery, AnIdleConnectionKilledBetweenReadingsCostsNothing) {
    poll();
    const auto late = ride();
    db::BlockingConnection slow(database.url());
    slow.execute("begin; " + insert_trip(late));
    offer();
    poll();
    execute(kill_feed);
    slow.execute("commit");
    std::size_t seen = 0;
    for (int attempt = 0; attempt < 3 && seen == 0; ++attempt) {
        try {
            seen = poll();
        } catch (const DependencyUnavailable&) {
            EXPECT_EQ(attempt, 0) << "once is enough to know that it is gone";
        }
    }
    EXPECT_EQ(seen, 1U);
    expect_equal_to_table();
}

TEST_F(FeedRecovery, AnInterruptedStartIsRepeated) {
    offer();
    offer();
    after("feed_identity", [this] { execute(kill_feed); });
    EXPECT_THROW(poll(), DependencyUnavailable);
    EXPECT_FALSE(feed.loaded());
    hooks.clear();
    EXPECT_EQ(poll(), 2U);
    EXPECT_TRUE(feed.loaded());
    expect_equal_to_table();
}

TEST_F(FeedRecovery, AReaderWhoseChangesWerePrunedLoadsAgain) {
    const TripId gone = offer(), sold = offer();
    poll();
    execute(change(gone, "status = 'cancelled'") + sell_seat(sold) + insert_trip(ride()));
    prune_all();
    EXPECT_EQ(poll(), 2U);
    EXPECT_EQ(loadings(), 2);
    expect_equal_to_table();
    EXPECT_EQ(poll(), 0U);
    EXPECT_EQ(loadings(), 2) << "the new cursor is valid";
}

TEST_F(FeedRecovery, AReaderThatKeepsUpIsNotDisturbedByPruning) {
    poll();
    for (int round = 0; round < 8; ++round) {
        offer();
        prune(4min);
        EXPECT_EQ(poll(), 1U);
    }
    while (changes() > 0) {
        prune(11min);
        EXPECT_EQ(poll(), 0U);
    }
    EXPECT_EQ(loadings(), 1);
    expect_equal_to_table();
}

TEST_F(FeedRecovery, NothingIsPrunedBeforeTenMinutes) {
    poll();
    offer();
    prune(0min);
    prune(9min);
    EXPECT_EQ(changes(), 1);
    EXPECT_EQ(poll(), 1U);
    EXPECT_EQ(loadings(), 1);
}

TEST_F(FeedRecovery, PruningKeepsWhatALateCommitMayStillNeed) {
    poll();
    const auto late = ride();
    db::BlockingConnection slow(database.url());
    slow.execute("begin; " + insert_trip(late));
    for (int round = 0; round < 6; ++round) {
        offer();
        poll();
        prune(30min);
    }
    EXPECT_EQ(changes(), 6) << "all are younger than the open transaction";
    slow.execute("commit");
    prune(1min);
    EXPECT_EQ(poll(), 1U);
    EXPECT_EQ(loadings(), 1);
    EXPECT_TRUE(knows(late.id));
    expect_equal_to_table();
    prune_all();
}

class OtherServers : public FeedRecovery {
protected:
    explicit OtherServers(std::chrono::milliseconds check_every = 0ms) : FeedRecovery(check_every) {
        execute(imitate_server);
    }
    void become(const std::string& what) { execute("update imitation.server set " + what); }
    // As if it had happened in another history: no change is recorded.
    void rewrite_history(TripId trip) {
        execute("alter table trips disable trigger user; update trips set version = 1, leg_seats_left = '{7}'" +
                by_id(trip) + "; alter table trips enable trigger user");
    }
};

TEST_F(OtherServers, ARestartedServerIsReadFromTheStart) {
    const TripId trip = offer();
    poll();
    execute("alter table trips disable trigger user; " + sell_seat(trip) + "alter table trips enable trigger user");
    EXPECT_EQ(poll(), 0U);
    become("started = started + interval '1 hour'");
    bool was_empty = false;
    after("feed_identity", [&] { was_empty = was_empty || index.size() == 0; });
    EXPECT_EQ(poll(), 1U);
    EXPECT_FALSE(was_empty) << "it is the same history: known trips stay visible meanwhile";
    EXPECT_EQ(loadings(), 2);
    expect_equal_to_table();
    EXPECT_EQ(poll(), 0U);
}

TEST_F(OtherServers, OfAnotherHistoryNothingIsKept) {
    for (const auto* what : {"timeline = timeline + 1", "system = system + 1"}) {
        const TripId trip = offer(), gone = offer();
        execute(sell_seat(trip) + sell_seat(trip));
        poll();
        rewrite_history(trip);
        execute("alter table trips disable trigger user; update trips set status = 'cancelled'" + by_id(gone) +
                "; alter table trips enable trigger user");
        become(what);
        poll();
        EXPECT_FALSE(knows(gone)) << what;
        EXPECT_NE(seen(trip).find("version 1, 7 seats"), std::string::npos) << what << seen(trip);
        expect_equal_to_table();
    }
}

TEST_F(OtherServers, AStandbyIsRefused) {
    const TripId trip = offer();
    become("in_recovery = true");
    EXPECT_THROW(poll(), DependencyUnavailable);
    EXPECT_FALSE(feed.loaded());
    EXPECT_EQ(index.size(), 0U);
    become("in_recovery = false");
    poll();
    execute(change(trip, "status = 'cancelled'"));
    become("in_recovery = true");
    EXPECT_THROW(poll(), DependencyUnavailable) << "the primary was replaced while connected";
    EXPECT_TRUE(knows(trip));
    become("in_recovery = false");
    EXPECT_EQ(poll(), 1U);
    EXPECT_FALSE(knows(trip));
}

class SeldomAsked : public OtherServers {
protected:
    SeldomAsked() : OtherServers(500ms) {}
};

// A new server's changes must never be added to an old server's cursor.
TEST_F(SeldomAsked, ALoadingThatFailedIsTriedAgainAtOnce) {
    offer();
    poll();
    become("timeline = timeline + 1");
    const int asked = count("feed_identity");
    after("feed_identity", [this] { execute(kill_feed); });
    bool failed = false;
    while (!failed) {  // until it asks who the server is
        try {
            poll();
        } catch (const DependencyUnavailable&) {
            failed = true;
        }
    }
    EXPECT_GT(count("feed_identity"), asked);
    hooks.clear();
    const int loaded = loadings();
    poll();
    EXPECT_EQ(loadings(), loaded + 1);
}

}  // namespace
}  // namespace safargo::search
