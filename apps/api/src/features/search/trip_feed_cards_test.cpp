// The driver and the vehicle beside a trip: caches are told when they change.
#include "features/search/search_world_test.hpp"

namespace safargo::search {
namespace {

class FeedCards : public SearchWorld {
protected:
    using Lines = std::vector<std::string>;

    std::string vehicle_of(TripId trip) {
        return testing::run(database.db().query(find_vehicle, trip))[0].get<VehicleId>(0).str();
    }
    // Of one reading.
    Lines told() {
        observer.lines.clear();
        poll();
        return observer.lines;
    }
    void change_vehicle(const std::string& vehicle, std::string_view what) {
        execute("update vehicles set " + std::string(what) + " where id = '" + vehicle + "'");
    }

    static constexpr db::Statement find_vehicle{"test_vehicle", "select vehicle_id from trips where id = $1"};
};

TEST_F(FeedCards, LoadingReportsThatAllMayHaveChanged) {
    EXPECT_EQ(told(), Lines{"all"});
    EXPECT_EQ(told(), Lines{});
}

TEST_F(FeedCards, EveryChangeOfATripReportsItsVehicle) {
    poll();
    const TripId trip = offer();
    const Lines its_vehicle{vehicle_of(trip)};
    EXPECT_EQ(told(), its_vehicle);
    execute(sell_seat(trip));
    EXPECT_EQ(told(), its_vehicle);
    execute(change(trip, "status = 'completed'"));
    EXPECT_EQ(told(), its_vehicle);
}

TEST_F(FeedCards, AVisibleChangeReportsTheVehicleWhileAnOpenTripUsesIt) {
    const TripId trip = offer();
    offer();
    const std::string vehicle = vehicle_of(trip);
    poll();
    for (const auto* shown : {"make = 'Dacia'", "model = 'Logan'", "year = 2020", "colour = 'red'", "seats = 7",
                              "fuel = 'lpg'", "photo_ids = array[gen_random_uuid()]", "photo_ids = '{}'"}) {
        change_vehicle(vehicle, shown);
        EXPECT_EQ(told(), Lines{vehicle}) << shown;
    }
    for (const auto* not_shown : {"make = 'Dacia'", "plate = '7-7-7'", "deleted_at = now()"}) {
        change_vehicle(vehicle, not_shown);
        EXPECT_EQ(told(), Lines{}) << not_shown;
    }
    execute(change(trip, "status = 'in_progress'"));
    poll();
    change_vehicle(vehicle, "make = 'Peugeot'");
    EXPECT_EQ(told(), Lines{});
}

TEST_F(FeedCards, AVisibleChangeOfADriverReportsTheVehiclesOfTheirOpenTrips) {
    const auto trip = offer(ride());
    const Lines its_vehicle{vehicle_of(trip.id)};
    poll();
    for (const auto* shown : {"name = 'Amine Kaci'", "rating_count = 3", "rating_sum = 12", "kyc_approved_at = now()",
                              "response_count = 3", "response_seconds_sum = 90"}) {
        execute("update users set " + std::string(shown) + " where id = '" + trip.driver.str() + "'");
        EXPECT_EQ(told(), its_vehicle) << shown;
    }
    execute("update users set bio = 'Kabyle' where id = '" + trip.driver.str() + "'");
    EXPECT_EQ(told(), Lines{});
}

TEST_F(FeedCards, APollIsAsOfItsStart) {
    poll();
    std::chrono::steady_clock::time_point during;
    after("feed_poll", [&] { during = std::chrono::steady_clock::now(); });
    const auto before = std::chrono::steady_clock::now();
    poll();
    EXPECT_GE(observer.up_to, before);
    EXPECT_LE(observer.up_to, during);
}

TEST_F(FeedCards, AFailedPollReportsNothing) {
    poll();
    const auto last = observer.up_to;
    execute("alter table trip_changes rename to away");
    EXPECT_THROW(poll(), std::exception);
    EXPECT_EQ(observer.up_to, last);
}

}  // namespace
}  // namespace safargo::search
