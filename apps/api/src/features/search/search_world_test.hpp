// For the tests of this folder: trips in a real database and a feed that follows them.
#pragma once

#include "core/clock.hpp"
#include "db/blocking_connection.hpp"
#include "features/search/trip_feed.hpp"
#include "matching/trip_row.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::search {

using namespace std::chrono_literals;

// The statements that write a trip as its row says. `insert` creates its driver, vehicle and place; `rewrite` changes
// all that a search can see, driver included.
std::string insert_trip(const matching::TripRow& trip, std::string_view status = "open");
std::string rewrite_trip(const matching::TripRow& trip);
std::string label_of(LatLng stop);  // the town's name in those rows

// Every trip of these tests leaves Alger with free seats on its first leg, and is found by this.
matching::Query everything();

// The rating that the index filters by, in tenths, found by searching with every minimum; no entry: without a rating.
std::map<TripId, int> ratings_of(const matching::TripIndex& index);

inline constexpr LatLng alger{36.7538, 3.0588};
inline constexpr LatLng chlef{36.1652, 1.3345};
inline constexpr LatLng oran{35.6971, -0.6308};

// What the feed reported, in order: a vehicle's id or "all".
class Told final : public FeedObserver {
public:
    void changed(VehicleId vehicle) override { lines.push_back(vehicle.str()); }
    void changed_all() override { lines.emplace_back("all"); }
    void caught_up(std::chrono::steady_clock::time_point as_of) override { up_to = as_of; }

    std::vector<std::string> lines;
    std::chrono::steady_clock::time_point up_to{};
};

class SearchWorld : public ::testing::Test {
protected:
    explicit SearchWorld(std::chrono::milliseconds check_every = 0ms);

    // Alger to Oran for 1,500 DA tomorrow at eight, 3 seats, by an ordinary driver.
    matching::TripRow ride();
    // The same by way of Chlef (700 DA, two hours on), with so many seats on each leg.
    matching::TripRow by_way_of_chlef(std::uint8_t first_leg = 3, std::uint8_t second_leg = 3);
    matching::TripRow offer(matching::TripRow trip);  // committed; returns what it wrote
    TripId offer() { return offer(ride()).id; }
    UserId add_user(std::string_view role = "user", std::string_view gender = "");

    void execute(const std::string& sql) { database.execute(sql); }  // on a connection of its own, committed
    std::size_t poll() { return testing::run(feed.poll()); }

    // One line of what a search can see for each open trip, as the feed has it, and as the table has it.
    using Content = std::map<std::string, std::string>;  // by the trip's id
    Content known() const;
    Content stored() const;
    void expect_equal_to_table() const;
    std::string seen(TripId trip) const;  // its line in the feed, empty for an unknown one
    bool knows(TripId trip) const { return !seen(trip).empty(); }

    // Runs `what`, blocking, whenever the feed's statement of that name has been answered.
    void after(std::string statement, std::function<void()> what) { hooks[std::move(statement)] = std::move(what); }
    int loadings() const { return count("feed_snapshot"); }
    int count(const std::string& statement) const;

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    std::map<std::string, int> statements;  // of the feed, by name
    std::map<std::string, std::function<void()>> hooks;
    db::Database feeding;
    matching::TripIndex index;
    DriverCards drivers;
    Told observer;
    TripFeed feed;

private:
    db::Options feeding_options();
};

inline std::string by_id(TripId trip) {
    return " where id = '" + trip.str() + "'";
}
// As a booking or an edit does: the change and the new version in one statement.
inline std::string change(TripId trip, std::string_view what) {
    return "update trips set version = version + 1, " + std::string(what) + by_id(trip) + ";";
}
inline std::string sell_seat(TripId trip) {
    return change(trip, "leg_seats_left[1] = leg_seats_left[1] - 1");
}

}  // namespace safargo::search
