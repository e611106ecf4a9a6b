// A passenger gives some seats back: the money follows the policy, the seats are free for others, the driver is told.
#include "features/bookings/seat_return.hpp"
#include "features/bookings/notifier_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;

class SeatReturnTest : public NotifierTest {
protected:
    Result<BookingView> keep_seats(UserId who, BookingId id, int seats) { return keep_seats(as(who), id, seats); }
    Result<BookingView> keep_seats(Caller who, BookingId id, int seats) {
        const EditBooking wanted{SeatCount::from(seats).value()};
        return testing::run(
            db_.transact<BookingView>([=, this](db::Transaction& tx) { return editing_.edit(tx, who, id, wanted); }));
    }
    // Three seats for the whole trip: 4,500 DA and, when paid online, a fee of 225 DA.
    BookingId three(TripId trip, Method method = Method::sandbox) {
        const auto booked = book(passenger, trip, {.seats = 3, .method = method});
        if (method != Method::cash) testing::run(bookings_.hold_now(as(passenger), *booked)).value();
        return booked->id;
    }
    void past_grace() { clock_.advance(31min); }
    std::string rows(BookingId id) {
        return text("select seats || ' ' || price || ' ' || service_fee from bookings where id = $1", id.value);
    }
    std::string money(BookingId id) {
        return text(
            "select amount || ' ' || price_back || ' ' || fee_back || ' ' || driver_share from payments "
            "where booking_id = $1",
            id.value);
    }
    const TripId trip_ = add_trip(driver);
};

TEST_F(SeatReturnTest, LongBeforeThePickupThePriceIsRefundedAndTheFeeKept) {
    const BookingId id = three(trip_);
    EXPECT_EQ(seats_left(trip_), "0,0");
    past_grace();
    const auto view = keep_seats(passenger, id, 1).value();
    EXPECT_EQ(view.seats, 1);
    EXPECT_EQ(view.price, Dinars{1500});
    EXPECT_EQ(view.service_fee, Dinars{75});
    EXPECT_EQ(view.total, Dinars{1575});
    EXPECT_EQ(view.payment.amount, Dinars{4725}) << "what was agreed, and the hold, stay";
    EXPECT_EQ(view.payment.status, payments::PaymentStatus::hold);
    EXPECT_EQ(view.payment.due_back, Dinars{3000});
    EXPECT_EQ(view.payment.driver_share, Dinars{0});
    EXPECT_EQ(seats_left(trip_), "2,2");
    EXPECT_TRUE(book(add_user("Lina"), trip_, {.seats = 2}));
}

TEST_F(SeatReturnTest, WithinTheGracePeriodTheFeeIsRefundedToo) {
    const BookingId id = three(trip_);
    ASSERT_TRUE(keep_seats(passenger, id, 2));
    EXPECT_EQ(rows(id), "2 3000 150");
    EXPECT_EQ(money(id), "4725 1500 75 0");
}

TEST_F(SeatReturnTest, LateTheDriverKeepsHalfOfThePrice) {
    const BookingId id = three(add_trip(driver, {.departs_in = 20h}));
    past_grace();
    const auto view = keep_seats(passenger, id, 2).value();
    EXPECT_EQ(view.payment.due_back, Dinars{750});
    EXPECT_EQ(view.payment.driver_share, Dinars{750});
    ASSERT_TRUE(keep_seats(passenger, id, 1));
    EXPECT_EQ(money(id), "4725 1500 0 1500");
    EXPECT_EQ(rows(id), "1 1500 75");
}

TEST_F(SeatReturnTest, OnceTheTripIsUnderWayThereIsNoGracePeriod) {
    const TripId trip = add_trip(driver, {.departs_in = 20h});
    const BookingId id = three(trip);
    start(trip);
    ASSERT_TRUE(keep_seats(passenger, id, 2));
    EXPECT_EQ(money(id), "4725 750 0 750");
}

TEST_F(SeatReturnTest, InCashOnlyThePriceFalls) {
    const BookingId id = three(add_trip(driver, {.departs_in = 20h}), Method::cash);
    past_grace();
    ASSERT_TRUE(keep_seats(passenger, id, 2));
    EXPECT_EQ(rows(id), "2 3000 0");
    EXPECT_EQ(money(id), "4500 1500 0 0");
}

TEST_F(SeatReturnTest, ARequestIsRefundedInFull) {
    const TripId trip = add_trip(driver, {.mode = trips::BookingMode::approval, .departs_in = 20h});
    const auto request = book(passenger, trip, {.seats = 3, .method = Method::sandbox});
    ASSERT_TRUE(keep_seats(passenger, request->id, 2));
    EXPECT_EQ(status(request->id), "requested");
    EXPECT_EQ(rows(request->id), "2 3000 150");
    EXPECT_EQ(money(request->id), "4725 1500 75 0");
    EXPECT_EQ(seats_left(trip), "1,1");
}

TEST_F(SeatReturnTest, TheSameNumberChangesNothing) {
    const BookingId id = three(trip_);
    news_are_over();
    ASSERT_TRUE(keep_seats(passenger, id, 2));
    ASSERT_TRUE(keep_seats(passenger, id, 2));
    EXPECT_EQ(news(id), "seats_given_back");
    EXPECT_EQ(seats_left(trip_), "1,1");
}

TEST_F(SeatReturnTest, RefusesMoreSeatsOtherPeopleAndLateCalls) {
    const BookingId id = three(trip_);
    ASSERT_TRUE(keep_seats(passenger, id, 2));
    const auto more = keep_seats(passenger, id, 3);
    EXPECT_EQ(more.error().fields.at(0), (FieldError{"seats", {Rule::out_of_range, "1", "2"}}));
    EXPECT_EQ(code_of(keep_seats(driver, id, 1)), Code::forbidden);
    EXPECT_EQ(code_of(keep_seats(add_user("Lina"), id, 1)), Code::not_found);
    EXPECT_EQ(code_of(keep_seats(as(add_user("Admin"), Role::admin), id, 1)), Code::not_found);
    EXPECT_EQ(code_of(keep_seats(passenger, BookingId::make(clock_.now()), 1)), Code::not_found);
    clock_.advance(24h * 5);
    EXPECT_EQ(code_of(keep_seats(passenger, id, 1)), Code::pickup_passed);
    EXPECT_EQ(rows(id), "2 3000 150");
}

TEST_F(SeatReturnTest, IsRefusedUnlessRequestedOrConfirmed) {
    const FieldError states{"status", {Rule::not_allowed, "requested, confirmed"}};
    const BookingId unpaid = book(passenger, trip_, {.seats = 2, .method = Method::sandbox})->id;
    const auto refused = keep_seats(passenger, unpaid, 1);
    EXPECT_EQ(code_of(refused), Code::illegal_transition);
    EXPECT_EQ(refused.error().fields, std::vector{states});
    clock_.advance(30min);
    EXPECT_EQ(code_of(keep_seats(passenger, unpaid, 1)), Code::illegal_transition);
    EXPECT_EQ(status(unpaid), "expired") << "the deadline counts, swept or not";
    const BookingId cancelled = three(trip_);
    ASSERT_TRUE(act(&BookingService::cancel, as(passenger), cancelled));
    EXPECT_EQ(code_of(keep_seats(passenger, cancelled, 1)), Code::illegal_transition);
}

TEST_F(SeatReturnTest, AnOverdueRequestExpires) {
    const TripId trip = add_trip(driver, {.mode = trips::BookingMode::approval, .departs_in = 20h});
    const BookingId id = book(passenger, trip, {.seats = 2})->id;
    clock_.advance(3h);
    EXPECT_EQ(code_of(keep_seats(passenger, id, 1)), Code::illegal_transition);
    EXPECT_EQ(status(id), "expired");
    EXPECT_EQ(seats_left(trip), "3,3");
}

TEST_F(SeatReturnTest, TheDriverIsToldHowManySeatsStay) {
    const BookingId id = three(add_trip(driver, {.departs_in = 20h}));
    past_grace();
    news_are_over();
    ASSERT_TRUE(keep_seats(passenger, id, 2));
    EXPECT_EQ(told(driver), (Letters{{"booking_seats_given_back", "et garde 2 places. 750 DA vous reviennent."}}));
    EXPECT_EQ(told(passenger), Letters{});
}

TEST_F(SeatReturnTest, ALaterEndSplitsBoth) {
    const BookingId id = three(add_trip(driver, {.departs_in = 20h}));
    past_grace();
    ASSERT_TRUE(keep_seats(passenger, id, 1));
    ASSERT_TRUE(act(&BookingService::cancel, as(passenger), id));
    const payments::Split split = payments_.sharing.at(id);
    EXPECT_EQ(split.to_passenger, Dinars{1500 + 750});
    EXPECT_EQ(split.to_driver, Dinars{1500 + 750});
    EXPECT_EQ(split.to_platform, Dinars{225});
}

TEST(SeatReturn, SplitsPriceAndFeeWithoutLosingADinar) {
    const Instant pickup = parse_instant("2026-12-03T07:00:00Z").value();
    for (const Method method : {Method::sandbox, Method::cash}) {
        for (std::int64_t price = 0; price < 400; ++price) {
            for (const auto left : {1h, 48h}) {
                Booking booking{.seats = 8,
                                .status = BookingStatus::confirmed,
                                .price = {price * 8},
                                .method = method,
                                .pickup_at = pickup,
                                .confirmed_at = pickup - 72h};
                booking.service_fee = payments::service_fee(method, booking.price);
                const Booking before = booking;
                payments::SeatsBack sum{};
                Dinars fee_kept{};
                for (const int seats : {7, 5, 4, 1}) {
                    const SeatReturn back = give_back_all_but(seats, booking, {}, pickup - left);
                    fee_kept += booking.service_fee - back.after.service_fee - back.money.fee_back;
                    sum.price_back += back.money.price_back;
                    sum.fee_back += back.money.fee_back;
                    sum.driver_share += back.money.driver_share;
                    ASSERT_GE(std::min({back.money.price_back, back.money.fee_back, back.money.driver_share}),
                              Dinars{0});
                    booking = back.after;
                }
                ASSERT_EQ(booking.price, Dinars{price});
                ASSERT_EQ(booking.price + sum.price_back + sum.driver_share, before.price);
                ASSERT_EQ(booking.service_fee + sum.fee_back + fee_kept, before.service_fee);
                ASSERT_GE(fee_kept, Dinars{0});
                if (method == Method::cash) ASSERT_EQ(sum.driver_share, Dinars{0});
            }
        }
    }
}

}  // namespace
}  // namespace safargo::bookings
