// Search also filters and ranks by data of the driver: its changes reach the index of every replica, however the
// replica learns of them.
#include "features/search/search_world_test.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace safargo::search {
namespace {

using matching::Match;

// The server's second process: an index and a feed of its own.
struct Replica {
    explicit Replica(testing::TestDatabase& database)
        : feeding(testing::shared_context()->get_executor(), database.options()) {}
    void poll() { testing::run(feed.poll()); }

    db::Database feeding;
    matching::TripIndex index;
    DriverCards drivers;
    Told observer;
    TripFeed feed{feeding, index, drivers, observer, 0ms};
};

std::optional<int> rating_of(const matching::TripIndex& index, TripId trip) {
    const auto ratings = ratings_of(index);
    const auto found = ratings.find(trip);
    return found == ratings.end() ? std::nullopt : std::optional(found->second);
}

std::vector<TripId> ranked(const matching::TripIndex& index) {
    matching::Query query = everything();
    query.to = oran;
    std::vector<TripId> order;
    for (const Match& match : index.search(query).items) order.push_back(match.trip);
    return order;
}

// All that a search can tell of these trips: once without a filter (with every score), once of verified drivers.
std::vector<std::vector<Match>> answers_of(const matching::TripIndex& index) {
    std::vector<std::vector<Match>> answers;
    for (const bool verified : {false, true}) {
        matching::Query query = everything();
        query.filters.verified_only = verified;
        answers.push_back(index.search(query).items);
    }
    return answers;
}

class DriverChanges : public SearchWorld {
protected:
    DriverChanges() { poll_all(); }
    void poll_all() {
        poll();
        replica.poll();
    }
    void change_driver(UserId driver, std::string_view what) {
        execute(fmt::format("update users set {} where id = '{}'", what, driver.str()));
    }
    void rate(UserId driver, int tenths) {
        change_driver(driver, fmt::format("rating_sum = {}, rating_count = 10", tenths));
    }
    void expect_rating(TripId trip, std::optional<int> tenths) {
        EXPECT_EQ(rating_of(index, trip), tenths);
        EXPECT_EQ(rating_of(replica.index, trip), tenths) << "on the other replica";
    }
    std::array<std::size_t, 2> sizes() const { return {index.size(), replica.index.size()}; }
    // As a replica that has just started, which reads only the table.
    void expect_equal_to_a_new_replica() {
        Replica fresh(database);
        fresh.poll();
        EXPECT_EQ(answers_of(index), answers_of(fresh.index));
        EXPECT_EQ(answers_of(replica.index), answers_of(fresh.index));
    }
    // Writes from here on record no change, as if the records had been lost.
    void untold(const std::string& sql) {
        execute("alter table users disable trigger user; " + sql + "; alter table users enable trigger user");
    }

    Replica replica{database};
};

TEST_F(DriverChanges, ARatingIsFilteredByItsNewValueEverywhere) {
    auto trip = ride();
    trip.driver_rank.rating = 4.0F;
    offer(trip);
    poll_all();
    expect_rating(trip.id, 40);
    for (const int tenths : {47, 43, 50, 10, 46, 45}) {
        rate(trip.driver, tenths);
        poll_all();
        expect_rating(trip.id, tenths);
    }
    change_driver(trip.driver, "rating_sum = 0, rating_count = 0");
    poll_all();
    expect_rating(trip.id, std::nullopt);
    expect_equal_to_a_new_replica();
}

TEST_F(DriverChanges, ARatingRanksByItsNewValueEverywhere) {
    auto one = ride(), other = ride();
    one.driver_rank.rating = 4.6F;
    other.driver_rank.rating = 4.5F;
    offer(one);
    offer(other);
    poll_all();
    const std::vector<TripId> before{one.id, other.id}, after{other.id, one.id};
    EXPECT_EQ(ranked(index), before);
    EXPECT_EQ(ranked(replica.index), before);
    rate(other.driver, 47);
    poll_all();
    EXPECT_EQ(ranked(index), after);
    EXPECT_EQ(ranked(replica.index), after);
    rate(one.driver, 48);
    poll_all();
    EXPECT_EQ(ranked(index), before);
    EXPECT_EQ(ranked(replica.index), before);
    expect_equal_to_a_new_replica();
}

TEST_F(DriverChanges, ApprovedOrWithdrawnDocumentsAreFilteredBy) {
    const auto trip = offer(ride());
    poll_all();
    const auto verified = [](const matching::TripIndex& of) { return answers_of(of).at(1).size(); };
    for (const auto* what : {"now()", "null", "now()"}) {
        change_driver(trip.driver, fmt::format("kyc_approved_at = {}", what));
        poll_all();
        const std::size_t expected = std::string_view(what) == "null" ? 0 : 1;
        EXPECT_EQ(verified(index), expected) << what;
        EXPECT_EQ(verified(replica.index), expected) << what;
    }
}

TEST_F(DriverChanges, SuspendedBannedOrDeletedDriversOfferNothing) {
    const auto trip = offer(ride());
    const TripId others = offer();
    poll_all();
    for (const auto* status : {"suspended", "banned", "deleted"}) {
        change_driver(trip.driver, fmt::format("status = '{}'", status));
        poll_all();
        EXPECT_EQ(sizes(), (std::array<std::size_t, 2>{1, 1})) << status;
        EXPECT_TRUE(knows(others));
        expect_equal_to_table();
        expect_equal_to_a_new_replica();
        change_driver(trip.driver, "status = 'active', rating_sum = 49, rating_count = 10");
        poll_all();
        expect_rating(trip.id, 49);
        expect_equal_to_table();
    }
}

TEST_F(DriverChanges, ANewPhotoIsShownEverywhere) {
    const auto trip = offer(ride());
    poll_all();
    const auto photo = [&](const DriverCards& cards) { return cards.view().find(trip.driver)->photo; };
    EXPECT_EQ(photo(drivers), std::nullopt);
    const PictureId id = PictureId::make(clock.now());
    change_driver(trip.driver, fmt::format("photo_id = '{}'", id.str()));
    poll_all();
    EXPECT_EQ(photo(drivers), Picture{id});
    EXPECT_EQ(photo(replica.drivers), Picture{id});
    Replica fresh(database);
    fresh.poll();
    EXPECT_EQ(photo(fresh.drivers), Picture{id}) << "read with the whole table";
}

// A trip that is sold while its driver is suspended (a booking under way) stays out of sight.
TEST_F(DriverChanges, ASuspendedDriversTripStaysHiddenWhateverHappensToIt) {
    const auto trip = offer(ride());
    poll_all();
    change_driver(trip.driver, "status = 'suspended'");
    execute(sell_seat(trip.id));
    poll_all();
    EXPECT_EQ(sizes(), (std::array<std::size_t, 2>{0, 0}));
    change_driver(trip.driver, "status = 'active'");
    poll_all();
    EXPECT_NE(seen(trip.id).find("2 seats"), std::string::npos);
}

TEST_F(DriverChanges, AllOpenTripsOfADriverFollowInOneReading) {
    const auto first = offer(ride());
    execute(fmt::format(
        "insert into trips (id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat, "
        "destination_lng, date_time, arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes, "
        "stop_times, stop_prices, seats, leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, "
        "max_two_back, women_only, distance_m, duration_s, polyline, created_at) "
        "select gen_random_uuid(), driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat, "
        "destination_lng, date_time + n * interval '6 hours', arrival_at + n * interval '6 hours', "
        "local_day + n / 4, stop_lats, stop_lngs, stop_labels, stop_communes, "
        "array[stop_times[1] + n * interval '6 hours', stop_times[2] + n * interval '6 hours'], stop_prices, seats, "
        "leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, max_two_back, women_only, distance_m, "
        "duration_s, polyline, created_at from trips, generate_series(1, 359) n where id = '{}'",
        first.id.str()));
    poll_all();
    EXPECT_EQ(sizes(), (std::array<std::size_t, 2>{360, 360}));
    rate(first.driver, 47);
    EXPECT_EQ(poll(), 360U);
    replica.poll();
    matching::Query query = everything();
    query.filters.min_rating = 4.7F;
    EXPECT_EQ(index.search(query).total, 360U);
    EXPECT_EQ(replica.index.search(query).total, 360U);
    query.filters.min_rating = 4.8F;
    EXPECT_EQ(index.search(query).total, 0U);
    expect_equal_to_a_new_replica();
    EXPECT_EQ(loadings(), 1) << "by changes, not by reading all trips again";
}

// A publication that began before the change, and a change that began before the publication.
TEST_F(DriverChanges, ATripPublishedWhileItsDriverChangesHasTheNewValue) {
    const auto known = offer(ride());
    poll_all();
    db::BlockingConnection reviewing(database.url());
    reviewing.execute(
        fmt::format("begin; update users set rating_sum = 46, rating_count = 10 where id = '{}'", known.driver.str()));
    execute(change(known.id, "status = 'completed'"));
    execute(change(known.id, "status = 'open'"));
    poll_all();
    expect_rating(known.id, std::nullopt);
    reviewing.execute("commit");
    poll_all();
    expect_rating(known.id, 46);
}

// The feed's connection was lost, or the changes were pruned: a load into an index that already holds the trips.
TEST_F(DriverChanges, ALoadCatchesUpWithMissedChanges) {
    auto trip = ride();
    trip.driver_rank.rating = 4.0F;
    offer(trip);
    const auto other = offer(ride());
    poll_all();
    untold(
        fmt::format("update users set rating_sum = 47, rating_count = 10, kyc_approved_at = now() where id = '{}'; "
                    "update users set status = 'banned' where id = '{}'",
                    trip.driver.str(), other.driver.str()));
    poll_all();
    expect_rating(trip.id, 40);
    testing::run(feed.load());
    testing::run(replica.feed.load());
    expect_rating(trip.id, 47);
    EXPECT_EQ(sizes(), (std::array<std::size_t, 2>{1, 1}));
    expect_equal_to_table();
    expect_equal_to_a_new_replica();
}

TEST_F(DriverChanges, ChangesPrunedBeforeTheyWereReadAreLoaded) {
    auto trip = ride();
    trip.driver_rank.rating = 4.0F;
    offer(trip);
    poll_all();
    rate(trip.driver, 47);
    replica.poll();
    execute("delete from trip_changes; update trip_feed set pruned_before = pg_snapshot_xmax(pg_current_snapshot())");
    poll();
    EXPECT_EQ(loadings(), 2);
    expect_rating(trip.id, 47);
}

TEST_F(DriverChanges, DisplayDataChangesTheCardButNoResult) {
    const auto trip = offer(ride());
    poll_all();
    const auto before = answers_of(index);
    change_driver(trip.driver, "name = 'Amine Kaci', response_count = 3, response_seconds_sum = 90");
    EXPECT_EQ(poll(), 1U);
    EXPECT_EQ(drivers.view().find(trip.driver)->name, "Amine K.");
    EXPECT_EQ(answers_of(index), before);
}

}  // namespace
}  // namespace safargo::search
