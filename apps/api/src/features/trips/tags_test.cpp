// Entity tags of trips: two responses that differ never have the same tag, or a client that sends If-None-Match would
// keep the old one.
#include "features/trips/routes_world_test.hpp"

#include <map>

namespace safargo::trips {
namespace {

class TagsTest : public RoutesWorld {
protected:
    http::Response look_at(TripId trip, std::optional<Caller> caller = {}) {
        return call(http::Method::get, "/trips/" + trip.str(), caller);
    }
    std::string tag(TripId trip, std::optional<Caller> caller = {}) {
        const auto answer = look_at(trip, caller);
        EXPECT_EQ(answer.status, 200);
        const auto [known, is_new] = bodies.try_emplace(std::string(answer.header("ETag")), answer.body);
        EXPECT_EQ(known->second, answer.body) << "one tag, two bodies";
        return known->first;
    }
    Caller passenger() {
        Caller caller = add_user();
        known.callers.emplace(caller.id.str(), caller);
        return caller;
    }
    void request_seat(TripId trip, const Caller& caller) {
        database.execute(fmt::format(
            "insert into bookings (id, trip_id, user_id, driver_id, from_stop, to_stop, seats, status, price, "
            "service_fee, payment_method, pickup_at, dropoff_at, created_at) values (gen_random_uuid(), '{}', '{}', "
            "'{}', 0, 1, 1, 'requested', 700, 0, 'cash', '2026-12-02', '2026-12-03', now())",
            trip.str(), caller.id.str(), driver.id.str()));
    }
    void set_bookings(std::string_view status) {
        database.execute(fmt::format("update bookings set status = '{}'", status));
    }
    void set_driver(std::string_view what) {
        database.execute(fmt::format("update users set {} where id = '{}'", what, driver.id.str()));
    }

    std::map<std::string, std::string> bodies;
};

std::string version_of(std::string_view tag) {
    return std::string(tag.substr(1, tag.find('.') - 1));
}

TEST_F(TagsTest, AnAcceptedPassengerSeesThePlate) {
    const TripId trip = offer(tomorrow).id;
    const Caller lina = passenger();
    const std::string stranger = tag(trip, lina);
    request_seat(trip, lina);
    EXPECT_EQ(tag(trip, lina), stranger) << "nothing more is shown yet";
    set_bookings("confirmed");
    const std::string accepted = tag(trip, lina);
    EXPECT_NE(accepted, stranger);
    EXPECT_EQ(version_of(accepted), version_of(stranger)) << "acceptance sold no seat";
    EXPECT_NE(bodies.at(accepted).find("012345-119-16"), std::string::npos);
    set_bookings("cancelled_by_passenger");
    EXPECT_EQ(tag(trip, lina), stranger);
}

TEST_F(TagsTest, EachCallerGetsTheTagOfWhatTheySee) {
    const TripId trip = offer(tomorrow).id;
    const std::string anonymous = tag(trip);
    EXPECT_EQ(tag(trip, passenger()), anonymous) << "the same body";
    EXPECT_NE(tag(trip, driver), anonymous) << "the plate";
    EXPECT_EQ(version_of(tag(trip, driver)), version_of(anonymous));
}

TEST_F(TagsTest, TheTagCoversTheDriverAndTheVehicle) {
    const TripId trip = offer(tomorrow).id;
    std::string last = tag(trip);
    for (const auto* change : {"name = 'Kamel Zerrouki'", "rating_sum = 47, rating_count = 10", "rating_count = 11",
                               "kyc_approved_at = now()", "response_count = 3, response_seconds_sum = 90"}) {
        set_driver(change);
        const std::string now = tag(trip);
        EXPECT_NE(now, last) << change;
        EXPECT_EQ(version_of(now), "1") << change;
        last = now;
    }
    for (const auto* change : {"colour = 'gold'", "make = 'Dacia'", "model = 'Logan'", "year = 2020", "fuel = 'lpg'"}) {
        database.execute(fmt::format("update vehicles set {} where id = '{}'", change, car.str()));
        const std::string now = tag(trip);
        EXPECT_NE(now, last) << change;
        last = now;
    }
    set_driver("bio = 'Bonjour'");
    EXPECT_EQ(tag(trip), last) << "nothing shown has changed";
}

TEST_F(TagsTest, SoldSeatsAndEveryTransitionMakeANewVersion) {
    const TripId trip = offer(tomorrow).id;
    const std::string fresh = tag(trip);
    ASSERT_TRUE(sell(trip, 0, 1));
    const std::string sold = tag(trip);
    EXPECT_NE(version_of(sold), version_of(fresh));
    ASSERT_TRUE(cancel(driver, trip));
    EXPECT_NE(version_of(tag(trip)), version_of(sold));
}

TEST_F(TagsTest, AnEditNamesTheVersionWhateverElseWasShown) {
    const TripId trip = offer(tomorrow).id;
    const std::string shown_to_all = tag(trip);
    set_driver("name = 'Kamel Zerrouki'");
    const auto edit_as = [&](const std::string& read) {
        return call(http::Method::patch, "/trips/" + trip.str(), driver, R"({"note": "n"})", {{"If-Match", read}})
            .status;
    };
    EXPECT_EQ(edit_as(shown_to_all), 200) << "a changed card is not an edit of the trip";
    EXPECT_EQ(edit_as(shown_to_all), 412) << "the trip has changed since";
    const std::string read = tag(trip, driver);
    ASSERT_TRUE(sell(trip, 0, 1));
    EXPECT_EQ(edit_as(read), 412) << "a seat was sold meanwhile";
    EXPECT_EQ(edit_as("\"7.x\", " + tag(trip)), 200) << "a list";
}

}  // namespace
}  // namespace safargo::trips
