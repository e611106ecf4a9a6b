// Boarding counts for the ride only: when it may happen, what it starts, and what proves it afterwards.
#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;
using trips::BookingMode;

class Ride : public World {
protected:
    Ride() : World(2h) {}

    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci"), karim_ = add_user("Karim H.");

    std::string trip_status(TripId trip) { return text("select status from trips where id = $1", trip.value); }
    Result<BookingView> board_by_pin(BookingId id) { return board(driver_, id, by_pin(codes_.pin(id))); }
    std::string token_of(UserId passenger, BookingId id) {
        return testing::run(queries_.find(as(passenger), id))->boarding->token;
    }
    Board wrong_pin(BookingId id) { return by_pin(codes_.pin(id) == "0000" ? "0001" : "0000"); }
};

TEST_F(Ride, BoardsNoOneBeforeTheTripMayStart) {
    const TripId trip = add_trip(driver_);
    const BookingId id = confirmed(amina_, trip, Method::sandbox);
    clock_.advance(24h * 5 - 2h - 1us);
    for (int i = 0; i <= pin_tries; ++i) {
        const auto refused = board(driver_, id, wrong_pin(id));
        ASSERT_EQ(code_of(refused), Code::too_early) << "no attempt is counted";
        EXPECT_EQ(refused.error().reason, (Violation{Rule::opens_at, "2026-12-06 07:00"}));
    }
    EXPECT_EQ(code_of(act(&BookingService::complete, as(driver_), id)), Code::not_boarded);
    EXPECT_EQ(trip_status(trip), "open");
    clock_.advance(1us);
    ASSERT_TRUE(board_by_pin(id));
    EXPECT_EQ(trip_status(trip), "in_progress");
}

TEST_F(Ride, BeginsWithTheFirstBoardingWhichEndsAllHolds) {
    const TripId trip = add_trip(driver_, {.mode = BookingMode::approval, .departs_in = 90min});
    const BookingId sure = book(amina_, trip)->id, asked = book(karim_, trip)->id;
    ASSERT_TRUE(act(&BookingService::accept, as(driver_), sure));
    EXPECT_EQ(code_of(board(driver_, sure, wrong_pin(sure))), Code::boarding_code_invalid);
    EXPECT_EQ(trip_status(trip), "open") << "a wrong code starts nothing";
    EXPECT_EQ(status(asked), "requested");
    ASSERT_TRUE(board_by_pin(sure));
    EXPECT_EQ(trip_status(trip), "in_progress");
    EXPECT_EQ(status(sure), "boarded");
    EXPECT_EQ(status(asked), "expired");
    EXPECT_EQ(counter(driver_, "ignored_requests"), 1);
    EXPECT_EQ(seats_left(trip), "2,2");
    EXPECT_EQ(code_of(book(karim_, trip)), Code::trip_departed);
}

TEST_F(Ride, WithSeveralPassengersBeginsOnce) {
    const TripId trip = add_trip(driver_, {.departs_in = 90min});
    const BookingId first = confirmed(amina_, trip), second = confirmed(karim_, trip);
    ASSERT_TRUE(board_by_pin(first));
    ASSERT_TRUE(board(driver_, second, by_token(token_of(karim_, second))));
    EXPECT_EQ(trip_status(trip), "in_progress");
}

TEST_F(Ride, IsProvenAfterwardsByATokenScannedOffline) {
    const TripId trip = add_trip(driver_, {.departs_in = 90min});
    const BookingId cash = confirmed(amina_, trip), online = confirmed(karim_, trip, Method::sandbox);
    const std::string token = token_of(amina_, cash), other = token_of(karim_, online);
    start(trip);
    clock_.advance(90min + 5h);
    complete(trip);
    EXPECT_EQ(code_of(board_by_pin(cash)), Code::illegal_transition) << "a PIN proves nothing by then";
    EXPECT_EQ(code_of(board(driver_, cash, by_token(other))), Code::boarding_code_invalid);
    clock_.advance(48h);
    const std::string said = news(cash);
    const auto proven = board(driver_, cash, by_token(token));
    ASSERT_TRUE(proven);
    EXPECT_EQ(proven->status, BookingStatus::settled);
    EXPECT_EQ(news(cash), said) << "its state is unchanged";
    EXPECT_EQ(code_of(board(driver_, cash, by_token(token))), Code::illegal_transition) << "once";
    clock_.advance(1us);
    EXPECT_EQ(code_of(board(driver_, online, by_token(other))), Code::illegal_transition);
    EXPECT_EQ(text("select (boarded_at is null)::text from bookings where id = $1", online.value), "true");
}

// The driver's page may upload a scanned token after the passenger has reported a no-show; a PIN proves nothing then.
TEST_F(Ride, WithAReportedNoShowIsProvenByATokenToo) {
    const TripId trip = add_trip(driver_, {.departs_in = 90min});
    const BookingId driver_missing = confirmed(amina_, trip), disputed = confirmed(karim_, trip);
    const std::string token = token_of(amina_, driver_missing), other = token_of(karim_, disputed);
    start(trip);
    clock_.advance(90min + 15min);
    ASSERT_TRUE(act(&BookingService::report_missing, as(amina_), driver_missing));
    ASSERT_TRUE(act(&BookingService::report_missing, as(driver_), disputed));
    text("update bookings set status = 'disputed' where id = $1 returning status", disputed.value);
    EXPECT_EQ(code_of(board_by_pin(driver_missing)), Code::illegal_transition);
    EXPECT_EQ(code_of(board(driver_, driver_missing, by_token(other))), Code::boarding_code_invalid);
    clock_.advance(48h);
    const std::string said = news(driver_missing);
    ASSERT_TRUE(board(driver_, driver_missing, by_token(token)));
    ASSERT_TRUE(board(driver_, disputed, by_token(other)));
    EXPECT_EQ(status(driver_missing), "no_show_driver") << "a person decides what it proves";
    EXPECT_EQ(status(disputed), "disputed");
    EXPECT_EQ(news(driver_missing), said);
    for (const BookingId id : {driver_missing, disputed}) {
        EXPECT_EQ(text("select (boarded_at is not null)::text from bookings where id = $1", id.value), "true");
    }
}

TEST_F(Ride, WithAReportedNoShowIsNotProvenForEver) {
    const TripId trip = add_trip(driver_, {.departs_in = 90min});
    const BookingId id = confirmed(amina_, trip);
    const std::string token = token_of(amina_, id);
    start(trip);
    clock_.advance(90min + 15min);
    ASSERT_TRUE(act(&BookingService::report_missing, as(driver_), id));
    clock_.advance(48h + 1us);
    EXPECT_EQ(code_of(board(driver_, id, by_token(token))), Code::illegal_transition);
}

TEST_F(Ride, IsUnderWayAfterAPassengerGetsOffEarly) {
    const TripId trip = add_trip(driver_, {.departs_in = 90min});
    const BookingId id = confirmed(amina_, trip);
    ASSERT_TRUE(board_by_pin(id));
    database_.execute("update trips set status = 'open'");  // as an older version left it
    EXPECT_EQ(code_of(act(&BookingService::complete, as(driver_), id)), Code::trip_not_started);
    database_.execute("update trips set status = 'cancelled'");
    EXPECT_EQ(code_of(act(&BookingService::complete, as(driver_), id)), Code::trip_ended);
    database_.execute("update trips set status = 'in_progress'");
    EXPECT_TRUE(act(&BookingService::complete, as(driver_), id));
}

TEST_F(Ride, MayBeCancelledUntilThePassengersPickupThoughItHasBegun) {
    const TripId trip = add_trip(driver_, {.departs_in = 1h});
    const BookingId id = book(amina_, trip, {.from = 1, .to = 2, .method = Method::sandbox})->id;
    testing::run(payments_.held(id));
    start(trip);
    clock_.advance(3h - 1us);
    const auto cancelled = act(&BookingService::cancel, as(amina_), id);
    ASSERT_TRUE(cancelled);
    EXPECT_EQ(cancelled->payment.refunded, Dinars{400}) << "late, by the time of their own pickup";
    EXPECT_EQ(payments_.sharing.at(id).to_driver, Dinars{400});
    EXPECT_EQ(counter(amina_, "late_cancellations"), 1);
    EXPECT_EQ(seats_left(trip), "3,3");
    EXPECT_EQ(code_of(book(karim_, trip, {.from = 1, .to = 2})), Code::trip_departed) << "given back, not resold";
}

TEST_F(Ride, EndsTheGracePeriodAfterAConfirmation) {
    const TripId trip = add_trip(driver_, {.departs_in = 1h});
    const BookingId id = confirmed(amina_, trip, Method::sandbox);
    start(trip);
    EXPECT_EQ(act(&BookingService::cancel, as(amina_), id)->payment.refunded, Dinars{750});
    EXPECT_EQ(counter(amina_, "late_cancellations"), 1);
}

TEST_F(Ride, ThatIsLongMayBeCancelledADayBeforeThePickup) {
    const TripId trip = add_trip(driver_, {.departs_in = 24h * 5});
    const BookingId id = confirmed(amina_, trip, Method::sandbox);
    start(trip);
    EXPECT_EQ(act(&BookingService::cancel, as(amina_), id)->payment.refunded, Dinars{1500});
    EXPECT_EQ(counter(amina_, "late_cancellations"), 0);
}

}  // namespace
}  // namespace safargo::bookings
