// What the feed delivers, and when: exactly what is committed, in any order of commits.
#include "features/search/search_world_test.hpp"

namespace safargo::search {
namespace {

class TripFeedTest : public SearchWorld {
protected:
    TripFeedTest() { poll(); }  // loaded, and empty
    db::BlockingConnection connect() { return db::BlockingConnection(database.url()); }
};

TEST_F(TripFeedTest, ALateCommitIsSeenWhenItCommitsAndDelaysNothing) {
    const auto late = ride();
    db::BlockingConnection slow = connect();
    slow.execute("begin; " + insert_trip(late));
    for (int k = 0; k < 5; ++k) {
        const TripId other = offer();
        EXPECT_EQ(poll(), 1U);
        EXPECT_TRUE(knows(other));
        EXPECT_FALSE(knows(late.id));
        EXPECT_EQ(poll(), 0U) << "seen, and not delivered again while the slow one is open";
    }
    slow.execute("commit");
    EXPECT_EQ(poll(), 1U);
    EXPECT_TRUE(knows(late.id));
    expect_equal_to_table();
    EXPECT_EQ(loadings(), 1);
}

TEST_F(TripFeedTest, ATransactionThatOnlyWritesLateIsSeenToo) {
    db::BlockingConnection slow = connect();
    slow.execute("begin isolation level repeatable read; select count(*) from trips");
    offer();
    EXPECT_EQ(poll(), 1U);
    slow.execute(insert_trip(ride()));
    offer();
    EXPECT_EQ(poll(), 1U);
    slow.execute("commit");
    EXPECT_EQ(poll(), 1U);
    expect_equal_to_table();
}

// One trip changed by three transactions; the one that began first writes last.
TEST_F(TripFeedTest, TheLastCommitWinsWhateverTheOrderOfStarts) {
    const TripId trip = offer();
    poll();
    db::BlockingConnection a = connect(), b = connect(), c = connect();
    a.execute("begin; " + insert_trip(ride()));
    b.execute("begin; " + insert_trip(ride()));
    c.execute("begin; " + insert_trip(ride()));
    c.execute(change(trip, "leg_seats_left = '{2}'") + "commit");
    EXPECT_EQ(poll(), 2U);
    b.execute(change(trip, "leg_seats_left = '{1}'") + "commit");
    a.execute(change(trip, "leg_seats_left = '{8}'"));
    EXPECT_EQ(poll(), 2U);
    expect_equal_to_table();
    a.execute("commit");
    EXPECT_EQ(poll(), 2U);
    expect_equal_to_table();
    EXPECT_NE(seen(trip).find("version 4, 8 seats"), std::string::npos) << seen(trip);
}

TEST_F(TripFeedTest, ManyThatCommitInReverseOrderAreAllSeen) {
    std::vector<db::BlockingConnection> writers;
    for (int k = 0; k < 12; ++k) {
        writers.push_back(connect());
        writers.back().execute("begin; " + insert_trip(ride()));
    }
    for (std::size_t k = writers.size(); k > 0; --k) {
        writers[k - 1].execute("commit");
        if (k % 3 == 0) continue;  // two or one at a time
        poll();
        expect_equal_to_table();
    }
    poll();
    expect_equal_to_table();
    EXPECT_EQ(index.size(), 12U);
    EXPECT_EQ(loadings(), 1);
}

TEST_F(TripFeedTest, SavepointsCountAsTheirTransactionEnds) {
    const TripId old = offer();
    const auto kept = ride(), undone = ride(), released = ride();
    poll();
    db::BlockingConnection writer = connect();
    writer.execute("begin; savepoint first; " + insert_trip(kept) + "release savepoint first");
    writer.execute("savepoint second; " + insert_trip(undone) + sell_seat(kept.id) + "rollback to second");
    writer.execute("savepoint third; savepoint fourth; " + insert_trip(released) + sell_seat(old) +
                   "release savepoint fourth; release savepoint third");
    EXPECT_EQ(poll(), 0U);
    writer.execute("commit");
    EXPECT_EQ(poll(), 3U);
    EXPECT_FALSE(knows(undone.id));
    expect_equal_to_table();
}

TEST_F(TripFeedTest, ARollbackLeavesNothing) {
    const TripId trip = offer();
    poll();
    const auto before = known();
    execute("begin; " + sell_seat(trip) + insert_trip(ride()) + "rollback");
    execute("begin; savepoint one; " + sell_seat(trip) + "rollback to one; commit");
    EXPECT_EQ(poll(), 0U);
    EXPECT_EQ(known(), before);
}

TEST_F(TripFeedTest, EveryKindOfChangeIsSeen) {
    const auto trip = ride();
    execute(insert_trip(trip, "draft"));
    poll();
    EXPECT_FALSE(knows(trip.id));
    for (const auto* what : {"status = 'open'", "leg_seats_left = '{1}'", "leg_seats_left = '{3}'",
                             "stop_prices = '{0,900}'", "booking_mode = 'instant'"}) {
        execute(change(trip.id, what));
        EXPECT_EQ(poll(), 1U) << what;
        EXPECT_TRUE(knows(trip.id)) << what;
        expect_equal_to_table();
    }
    auto later = trip;
    later.version = 9;
    later.driver_rank.rating = 4.5F;
    for (auto& stop : later.stops) stop.time += 2h;
    execute(rewrite_trip(later));
    EXPECT_EQ(poll(), 1U);
    expect_equal_to_table();
    EXPECT_NE(seen(trip.id).find("10 reviews"), std::string::npos) << "the driver is read anew with the trip";
}

TEST_F(TripFeedTest, TripsNoLongerOpenAreRemoved) {
    for (const auto* status : {"in_progress", "completed", "cancelled"}) {
        const TripId trip = offer();
        poll();
        EXPECT_TRUE(knows(trip));
        execute(change(trip, "status = '" + std::string(status) + '\''));
        EXPECT_EQ(poll(), 1U);
        EXPECT_FALSE(knows(trip)) << status;
    }
    const TripId same_version = offer();
    poll();
    execute("update trips set status = 'cancelled'" + by_id(same_version));
    poll();
    expect_equal_to_table();
}

TEST_F(TripFeedTest, ATripThatIsPublishedAndCancelledBetweenTwoReadingsNeverShows) {
    const TripId trip = offer();
    execute(change(trip, "status = 'cancelled'"));
    EXPECT_EQ(poll(), 1U);
    expect_equal_to_table();
}

// A malformed row must not hide all others.
TEST_F(TripFeedTest, AMalformedRowHidesOnlyItself) {
    const TripId broken = offer(), poles_apart = offer(), good = offer();
    poll();
    execute(change(broken, "stop_prices = '{0,null}'") + change(poles_apart, "stop_lats = '{36,236}'") +
            sell_seat(good));
    EXPECT_EQ(poll(), 3U);
    EXPECT_FALSE(knows(broken));
    EXPECT_FALSE(knows(poles_apart));
    EXPECT_NE(seen(good).find("2 seats"), std::string::npos);
    execute(change(broken, "stop_prices = '{0,800}'") + change(poles_apart, "stop_lats = '{36,35}'"));
    EXPECT_EQ(poll(), 2U);
    expect_equal_to_table();
    execute(change(broken, "stop_times[1] = 'infinity'"));
    matching::TripIndex other_index;
    DriverCards other_drivers;
    Told nobody;
    TripFeed other(feeding, other_index, other_drivers, nobody);
    testing::run(other.load());
    EXPECT_EQ(other_index.size(), 2U);
}

}  // namespace
}  // namespace safargo::search
