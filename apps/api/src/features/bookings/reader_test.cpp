#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;

class BookingReading : public World {
protected:
    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci"), stranger_ = add_user("Someone");

    static ListBookings wish(std::optional<Side> role = {}, std::optional<BookingStatus> status = {}) {
        return {.role = role, .status = status, .limit = Bounded<1, 100>::of<2>(), .cursor = {}};
    }
    Result<BookingPage> list(UserId who, ListBookings wanted) {
        return testing::run(queries_.list(as(who), std::move(wanted)));
    }
    // All pages, two rows at a time.
    std::vector<BookingId> all(UserId who, ListBookings wanted) {
        std::vector<BookingId> ids;
        for (;;) {
            const auto page = list(who, wanted).value();
            EXPECT_LE(page.items.size(), 2U);
            for (const BookingView& item : page.items) ids.push_back(item.id);
            if (!page.next_cursor) return ids;
            wanted.cursor = Text<300>::parse(*page.next_cursor).value();
        }
    }
};

TEST_F(BookingReading, ShowsABookingToThoseInvolvedOnly) {
    const BookingId id = confirmed(amina_, add_trip(driver_));
    const auto to_passenger = testing::run(queries_.find(as(amina_), id));
    ASSERT_TRUE(to_passenger);
    EXPECT_TRUE(to_passenger->boarding);
    const auto to_driver = testing::run(queries_.find(as(driver_), id));
    ASSERT_TRUE(to_driver);
    EXPECT_FALSE(to_driver->boarding);
    const auto to_admin = testing::run(queries_.find(as(stranger_, Role::admin), id));
    ASSERT_TRUE(to_admin);
    EXPECT_FALSE(to_admin->boarding);
    EXPECT_EQ(code_of(testing::run(queries_.find(as(stranger_), id))), Code::not_found);
    EXPECT_EQ(code_of(testing::run(queries_.find(as(stranger_, Role::moderator), id))), Code::not_found);
    EXPECT_EQ(code_of(testing::run(queries_.find(as(amina_), BookingId::make(clock_.now())))), Code::not_found);
}

TEST_F(BookingReading, ShowsThePhotosOfBoth) {
    const BookingId id = confirmed(amina_, add_trip(driver_));
    EXPECT_EQ(testing::run(queries_.find(as(amina_), id))->driver.photo, std::nullopt);
    const PictureId hers = PictureId::make(clock_.now()), his = PictureId::make(clock_.now());
    database_.execute("update users set photo_id = '" + hers.str() + "' where id = '" + amina_.str() +
                      "'; update users set photo_id = '" + his.str() + "' where id = '" + driver_.str() + "'");
    const BookingView shown = testing::run(queries_.find(as(driver_), id)).value();
    EXPECT_EQ(shown.passenger.photo, Picture{hers});
    EXPECT_EQ(shown.driver.photo, Picture{his});
    EXPECT_EQ(list(amina_, wish())->items.at(0).driver.photo, Picture{his});
}

TEST_F(BookingReading, ShowsCodesWhileTheyAreUsable) {
    const BookingId id = book(amina_, add_trip(driver_), {.method = Method::sandbox})->id;
    EXPECT_FALSE(testing::run(queries_.find(as(amina_), id))->boarding);
    testing::run(payments_.held(id));
    EXPECT_TRUE(testing::run(queries_.find(as(amina_), id))->boarding);
    ASSERT_TRUE(act(&BookingService::cancel, as(amina_), id));
    EXPECT_FALSE(testing::run(queries_.find(as(amina_), id))->boarding);
}

TEST_F(BookingReading, OnlyThePassengerIsSentToPay) {
    const BookingId id = book(amina_, add_trip(driver_), {.method = Method::sandbox})->id;
    database_.execute("update payments set checkout_url = 'https://pay.example/1' where booking_id = '" + id.str() +
                      "'");
    EXPECT_EQ(testing::run(queries_.find(as(amina_), id))->payment.checkout_url, "https://pay.example/1");
    EXPECT_EQ(list(amina_, wish())->items.at(0).payment.checkout_url, "https://pay.example/1");
    EXPECT_EQ(testing::run(queries_.find(as(driver_), id))->payment.checkout_url, std::nullopt);
    EXPECT_EQ(testing::run(queries_.find(as(stranger_, Role::admin), id))->payment.checkout_url, std::nullopt);
    EXPECT_EQ(list(driver_, wish(Side::driver))->items.at(0).payment.checkout_url, std::nullopt);
}

TEST_F(BookingReading, PagesThroughTheCallersOwnNewestFirst) {
    std::vector<BookingId> made;
    for (int i = 0; i < 5; ++i) {
        made.insert(made.begin(), confirmed(amina_, add_trip(driver_, {.departs_in = 24h * (5 + i)})));
        clock_.advance(1s);
    }
    confirmed(stranger_, add_trip(driver_, {.departs_in = 24h * 20}));
    EXPECT_EQ(all(amina_, wish()), made);
    EXPECT_EQ(all(amina_, wish(Side::passenger)), made);
    EXPECT_EQ(all(amina_, wish(Side::driver)).size(), 0U);
    EXPECT_EQ(all(driver_, wish(Side::driver)).size(), 6U);
    ASSERT_TRUE(act(&BookingService::cancel, as(amina_), made[2]));
    EXPECT_EQ(all(amina_, wish({}, BookingStatus::cancelled_by_passenger)), std::vector{made[2]});
    EXPECT_EQ(all(amina_, wish({}, BookingStatus::confirmed)).size(), 4U);
}

TEST_F(BookingReading, RefusesACursorOfAnotherList) {
    for (int i = 0; i < 3; ++i) confirmed(amina_, add_trip(driver_, {.departs_in = 24h * (5 + i)}));
    auto wanted = wish();
    wanted.cursor = Text<300>::parse(*list(amina_, wanted)->next_cursor).value();
    EXPECT_TRUE(list(amina_, wanted));
    EXPECT_EQ(list(stranger_, wanted).error().code, Code::malformed_request);
    wanted.status = BookingStatus::confirmed;
    EXPECT_EQ(list(amina_, wanted).error().code, Code::malformed_request);
    wanted = wish();
    wanted.cursor = Text<300>::parse("nonsense").value();
    EXPECT_EQ(list(amina_, wanted).error().code, Code::malformed_request);
}

TEST_F(BookingReading, ShowsTheDriverTheirPassengersAndTheKeyOfTheTokens) {
    const TripId trip = add_trip(driver_);
    const BookingId first = confirmed(amina_, trip);
    clock_.advance(1s);
    const BookingId second = confirmed(stranger_, trip);
    confirmed(amina_, add_trip(add_driver("Brahim"), {.departs_in = 300h}));
    const auto page = testing::run(queries_.list_of_trip(as(driver_), trip, {}));
    ASSERT_TRUE(page);
    ASSERT_EQ(page->items.size(), 2U);
    EXPECT_EQ(page->items[0].id, second);
    EXPECT_EQ(page->items[1].id, first);
    EXPECT_FALSE(page->items[1].boarding);
    EXPECT_EQ(page->items[1].passenger.name, "Amina K.");
    EXPECT_EQ(page->boarding_key.public_key, codes_.key().public_key);
    ASSERT_EQ(page->boarding_keys.size(), 1U);
    EXPECT_EQ(page->boarding_keys[0].key_id, codes_.key().key_id);
    for (const UserId other : {amina_, stranger_}) {
        EXPECT_EQ(testing::run(queries_.list_of_trip(as(other), trip, {})).error().code, Code::not_found);
    }
    EXPECT_EQ(testing::run(queries_.list_of_trip(as(driver_), TripId::make(clock_.now()), {})).error().code,
              Code::not_found);
}

}  // namespace
}  // namespace safargo::bookings
