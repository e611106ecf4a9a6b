// The driver and vehicle beside a trip are cached for readers, and never staler than allowed.
#include "features/trips/trip_world_test.hpp"

#include <map>

namespace safargo::trips {
namespace {

class CardsTest : public TripWorld {
protected:
    CardsTest() { cards.caught_up(std::chrono::steady_clock::now() + 1h); }

    std::string make_seen_by(std::optional<Caller> caller, TripId trip) { return show(caller, trip)->vehicle.make; }
    void repaint(std::string_view make) {
        database.execute(fmt::format("update vehicles set make = '{}' where id = '{}'", make, car.str()));
    }
};

TEST_F(CardsTest, StrangersSeeCachedCardsUntilTheyAreInvalidated) {
    const TripId trip = offer(tomorrow).id;
    EXPECT_EQ(make_seen_by(std::nullopt, trip), "Renault");
    repaint("Dacia");
    EXPECT_EQ(make_seen_by(std::nullopt, trip), "Renault") << "the cache has not been invalidated yet";
    EXPECT_EQ(make_seen_by(add_user(), trip), "Renault");
    cards.forget(car);
    EXPECT_EQ(make_seen_by(std::nullopt, trip), "Dacia");
}

TEST_F(CardsTest, NoCachedCardIsShownWhileTheFeedIsBehind) {
    const TripId trip = offer(tomorrow).id;
    EXPECT_TRUE(show(std::nullopt, trip));
    repaint("Dacia");
    cards.caught_up(std::chrono::steady_clock::now() - 1h);
    EXPECT_EQ(make_seen_by(std::nullopt, trip), "Dacia");
}

TEST_F(CardsTest, DriversSeeWhatTheyHaveJustChanged) {
    const TripView trip = offer(tomorrow);
    EXPECT_TRUE(show(std::nullopt, trip.id));
    repaint("Dacia");
    EXPECT_EQ(make_seen_by(driver, trip.id), "Dacia");
    EXPECT_EQ(edit(trip, R"({"note": "n"})")->vehicle.make, "Dacia");
}

// Changes of their drivers and vehicles are not followed.
TEST_F(CardsTest, OnlyCardsOfOpenTripsAreCached) {
    const TripId trip = offer(tomorrow).id;
    EXPECT_TRUE(show(std::nullopt, trip));
    EXPECT_EQ(cards.size(), 1U);
    for (const auto* status : {"in_progress", "completed", "cancelled"}) {
        cards.forget_all();
        database.execute(fmt::format("update trips set status = '{}' where id = '{}'", status, trip.str()));
        EXPECT_TRUE(show(std::nullopt, trip)) << status;
        EXPECT_EQ(cards.size(), 0U) << status;
    }
}

TEST_F(CardsTest, CachedCardsHaveNoPlateAndAreShownWithOneToThoseWhoMaySeeIt) {
    const TripId trip = offer(tomorrow).id;
    const Caller passenger = add_user();
    database.execute(fmt::format(
        "insert into bookings (id, trip_id, user_id, driver_id, from_stop, to_stop, seats, status, price, service_fee, "
        "payment_method, pickup_at, dropoff_at, created_at) values (gen_random_uuid(), '{}', '{}', '{}', 0, 1, 1, "
        "'confirmed', 700, 0, 'cash', '2026-12-02', '2026-12-03', now())",
        trip.str(), passenger.id.str(), driver.id.str()));
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(show(passenger, trip)->vehicle.plate, "012345-119-16");
        EXPECT_FALSE(show(std::nullopt, trip)->vehicle.plate);
    }
    EXPECT_EQ(cards.size(), 1U);
}

TEST_F(CardsTest, ShowPhotosOfTheDriverAndOfTheVehicle) {
    const TripId trip = offer(tomorrow).id;
    const PictureId face = PictureId::make(clock.now()), front = PictureId::make(clock.now());
    database.execute(
        fmt::format("update users set photo_id = '{}' where id = '{}'; update vehicles set photo_ids = "
                    "array['{}'::uuid] where id = "
                    "'{}'",
                    face.str(), driver.id.str(), front.str(), car.str()));
    for (const std::optional<Caller>& reader : {std::optional<Caller>(), std::optional(driver)}) {
        const TripView shown = show(reader, trip).value();
        EXPECT_EQ(shown.driver.photo, Picture{face});
        EXPECT_EQ(shown.vehicle.photos, std::vector{Picture{front}});
        EXPECT_EQ(shown.vehicle.make, "Renault");
    }
}

// One row of one table, the second time.
TEST_F(CardsTest, CachedCardsAreNotReadAgain) {
    const TripId trip = offer(tomorrow).id;
    std::map<std::string, int> count;
    db::Options options = database.options();
    options.on_statement = [&](std::string_view name, auto, bool) { ++count[std::string(name)]; };
    db::Database counted(testing::shared_context()->get_executor(), options);
    TripServices counting{counted, clock, neighbours, {}};
    for (int round = 0; round < 3; ++round) EXPECT_TRUE(testing::run(counting.queries.show(std::nullopt, trip)));
    EXPECT_EQ(count, (std::map<std::string, int>{{"trip_row", 3}, {"trip_cards", 1}}));
}

}  // namespace
}  // namespace safargo::trips
