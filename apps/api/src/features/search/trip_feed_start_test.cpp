// The start: all open trips as of one snapshot, while others go on committing.
#include "core/failures.hpp"
#include "features/search/search_world_test.hpp"

namespace safargo::search {
namespace {

constexpr const char* insert_many = R"(
    insert into users (id, email, name, created_at) values (gen_random_uuid(), 'many', 'Many Trips', now());
    insert into drivers select id, 'many', '2031-01-01', now() from users where email = 'many';
    insert into vehicles select id, id, 'Renault', 'Symbol', 2019, 'white', 8, 'many', 'petrol', now()
        from users where email = 'many';
    insert into trips (id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat,
        destination_lng, date_time, arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes, stop_times,
        stop_prices, seats, leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, max_two_back, women_only,
        distance_m, duration_s, polyline, created_at)
    select gen_random_uuid(), u.id, u.id, 'many', 'open', 36.7538, 3.0588, 35.6971, -0.6308, leaves, leaves + '1 minute',
        leaves::date, '{36.7538,35.6971}', '{3.0588,-0.6308}', '{Alger,Oran}', '{"",""}',
        array[leaves, leaves + '1 minute'], '{0,1500}', 3, '{3}', 'instant', false, false, true, 'normal', 'medium',
        false, false, 1, 1, '', now()
    from users u, generate_series(timestamptz '2027-01-01', timestamptz '2027-01-01' + ($1 - 1) * interval '2 minutes',
        '2 minutes') leaves
    where u.email = 'many')";

class FeedStart : public SearchWorld {
protected:
    void insert_trips(int number, const std::string& driver = "many") {
        std::string sql = insert_many;
        sql.replace(sql.find("$1"), 2, std::to_string(number));
        for (auto at = sql.find("many"); at != std::string::npos; at = sql.find("many", at + driver.size())) {
            sql.replace(at, 4, driver);
        }
        execute(sql);
    }
    std::size_t trips_of_ranked_drivers() const {
        matching::Query query;
        query.from = alger;
        query.radius_m = 1'000;
        query.end = Instant{std::chrono::days{200'000}};
        query.filters.min_rating = 4.5F;
        query.filters.verified_only = true;
        return index.search(query).total;
    }
};

TEST_F(FeedStart, CommitsAfterTheSnapshotComeWithTheFirstPoll) {
    const TripId sold = offer(), gone = offer();
    offer();
    const auto fresh = ride();
    after("feed_snapshot",
          [&] { execute(sell_seat(sold) + change(gone, "status = 'cancelled'") + insert_trip(fresh)); });
    EXPECT_EQ(poll(), 3U) << "as of the snapshot";
    EXPECT_TRUE(knows(gone));
    EXPECT_FALSE(knows(fresh.id));
    hooks.clear();
    EXPECT_EQ(poll(), 3U);
    expect_equal_to_table();
    EXPECT_EQ(loadings(), 1);
}

TEST_F(FeedStart, TransactionsThatRanAtTheSnapshotComeWhenTheyCommit) {
    const TripId sold = offer(), other = offer();
    db::BlockingConnection during(database.url()), afterwards(database.url());
    during.execute("begin; " + sell_seat(sold));
    afterwards.execute("begin; " + insert_trip(ride()) + sell_seat(other));
    after("feed_snapshot", [&] { during.execute("commit"); });
    EXPECT_EQ(poll(), 2U);
    hooks.clear();
    EXPECT_EQ(poll(), 1U);
    EXPECT_NE(seen(sold).find("2 seats"), std::string::npos);
    afterwards.execute("commit");
    EXPECT_EQ(poll(), 2U);
    expect_equal_to_table();
}

TEST_F(FeedStart, ADriverOfManyTripsIsReadOnce) {
    insert_trips(5'200);
    EXPECT_EQ(poll(), 5'200U);
    EXPECT_EQ(drivers.size(), 1U);
    expect_equal_to_table();
}

// Its second half by another connection, which must see what the first does, whatever is committed meanwhile.
TEST_F(FeedStart, ALargeTableIsReadInTwoStreamsOfOneSnapshot) {
    insert_trips(10'400);
    const TripId last = offer();
    after("feed_share", [&] { execute("update trips set version = version + 1, leg_seats_left = '{1}'"); });
    EXPECT_EQ(poll(), 10'401U);
    EXPECT_EQ(count("feed_same_snapshot"), 1);
    EXPECT_NE(seen(last).find("3 seats"), std::string::npos) << "as of the snapshot";
    hooks.clear();
    EXPECT_EQ(poll(), 10'401U);
    expect_equal_to_table();
}

// The second stream's trips come before the drivers do; into an index that holds trips, after them.
TEST_F(FeedStart, TripsOfALargeTableAreRankedByTheirDrivers) {
    insert_trips(10'400);
    execute("update users set rating_sum = 47, rating_count = 10, kyc_approved_at = now()");
    execute("insert into drivers select '" + add_user().str() + "', 'idle', '2031-01-01', now()");
    EXPECT_EQ(poll(), 10'400U);
    EXPECT_EQ(trips_of_ranked_drivers(), 10'400U);
    EXPECT_EQ(drivers.size(), 1U) << "one without a trip is not kept";

    insert_trips(20'001, "more");
    execute("update users set rating_sum = 49, rating_count = 10, kyc_approved_at = now()");
    EXPECT_EQ(poll(), 30'401U);
    EXPECT_EQ(loadings(), 2);
    EXPECT_EQ(trips_of_ranked_drivers(), 30'401U);
    expect_equal_to_table();
}

TEST_F(FeedStart, AStreamThatFailsEndsBothAndTheNextPollStartsAnew) {
    insert_trips(10'400);
    after("feed_same_snapshot", [&] {
        hooks.clear();
        execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()");
    });
    EXPECT_THROW(poll(), DependencyUnavailable);
    EXPECT_FALSE(feed.loaded());
    EXPECT_EQ(poll(), 10'400U);
    expect_equal_to_table();
}

// PostgreSQL assumes that a GiST index can search by any of its columns; for a later column it reads the whole index.
// Finding the drivers with open trips took minutes that way.
TEST_F(FeedStart, NoUnsuitableIndexIsUsedToFindADriversTrips) {
    db::BlockingConnection connection(database.url());
    const std::string misleading = R"(
        select count(*) from pg_index i
        join pg_attribute a on a.attrelid = i.indrelid and a.attname = 'driver_id'
        where i.indrelid = 'trips'::regclass and a.attnum = any (i.indkey::int2[]) and i.indkey[0] <> a.attnum)";
    const db::Rows rows = connection.query(misleading);
    EXPECT_EQ(rows[0].get<std::int64_t>(0), 0);
}

TEST_F(FeedStart, MoreChangesThanOnePollTakesAreLoaded) {
    poll();
    insert_trips(20'000);
    EXPECT_EQ(poll(), 20'000U);
    EXPECT_EQ(loadings(), 1) << "just within the limit";
    execute(insert_trip(ride()) + "update trips set version = version + 1, leg_seats_left = '{1}'");
    EXPECT_EQ(poll(), 20'001U);
    EXPECT_EQ(loadings(), 2);
    EXPECT_EQ(index.size(), 20'001U);
    EXPECT_EQ(poll(), 0U);
}

}  // namespace
}  // namespace safargo::search
