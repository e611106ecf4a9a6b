// Small edits of a booked trip: its bookings move along, and their passengers are told.
#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;
using trips::BookingMode;

constexpr db::Statement shift_trip{"test_trip_shift", R"(
    update trips set date_time = date_time + $2::integer * interval '1 minute', arrival_at = arrival_at + $2::integer * interval '1 minute',
        stop_times = array(select at + $2::integer * interval '1 minute' from unnest(stop_times) with ordinality as s (at, i)
                           order by i)
    where id = $1)"};

constexpr db::Statement shift_arrival{"test_trip_shift_arrival", R"(
    update trips set arrival_at = arrival_at + $2::integer * interval '1 minute',
        stop_times[cardinality(stop_times)] = arrival_at + $2::integer * interval '1 minute'
    where id = $1)"};

class EditedTrip : public World {
protected:
    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci"), karim_ = add_user("Karim H.");

    // The driver moves the whole trip; false when a passenger would have to agree.
    bool move(TripId trip, std::chrono::minutes by) {
        const auto moved = testing::run(
            db_.transact<Nothing>([this, trip, by](db::Transaction& tx) { return move_in(tx, trip, by.count()); }));
        if (!moved) EXPECT_EQ(moved.error().code, Code::seats_sold);
        return moved.has_value();
    }
    // Only the last stop moves.
    bool arrive_later(TripId trip, std::chrono::minutes by) {
        const auto moved = testing::run(
            db_.transact<Nothing>([this, trip, by](db::Transaction& tx) { return arrive_in(tx, trip, by.count()); }));
        if (!moved) EXPECT_EQ(moved.error().fields.at(0).field, "stops[2].at");
        return moved.has_value();
    }
    void change_note(TripId trip) {
        testing::run(db_.transact<Nothing>([this, trip](db::Transaction& tx) { return note_in(tx, trip); }));
    }
    BookingView look(UserId who, BookingId id) { return testing::run(queries_.find(as(who), id)).value(); }

    Task<Result<Nothing>> free_in(db::Transaction& tx, TripId id, trips::Trip& seen) {
        seen = (co_await seats_.lock(tx, id)).value();
        co_await trips_.free_overdue(tx, seen);
        co_return Nothing{};
    }

private:
    Task<Result<Nothing>> move_in(db::Transaction& tx, TripId id, std::int64_t minutes) {
        const auto before = co_await seats_.lock(tx, id);
        co_await tx.query(shift_trip, id, static_cast<std::int32_t>(minutes));
        const auto after = co_await seats_.find(tx, id);
        co_return co_await trips_.edited(tx, *before, *after);
    }
    Task<Result<Nothing>> arrive_in(db::Transaction& tx, TripId id, std::int64_t minutes) {
        const auto before = co_await seats_.lock(tx, id);
        co_await tx.query(shift_arrival, id, static_cast<std::int32_t>(minutes));
        const auto after = co_await seats_.find(tx, id);
        co_return co_await trips_.edited(tx, *before, *after);
    }
    Task<Result<Nothing>> note_in(db::Transaction& tx, TripId id) {
        const auto before = co_await seats_.lock(tx, id);
        trips::Trip after = *before;
        after.note = "Je pars de la gare";
        co_return co_await trips_.edited(tx, *before, after);
    }
};

// A hold that is past its deadline must not block the edit.
TEST_F(EditedTrip, HasItsOverdueHoldsExpired) {
    const TripId trip = add_trip(driver_, {.mode = BookingMode::approval});
    const BookingId overdue = book(amina_, trip)->id;
    clock_.advance(2h);
    const BookingId asked = book(karim_, trip, {.from = 1, .to = 2})->id;
    clock_.advance(1h);
    trips::Trip seen;
    testing::run(db_.transact<Nothing>([&](db::Transaction& tx) { return free_in(tx, trip, seen); })).value();
    EXPECT_EQ(status(overdue), "expired");
    EXPECT_EQ(status(asked), "requested");
    EXPECT_EQ(seats_left(trip), "3,2");
    EXPECT_EQ(seen.leg_seats_left, (std::vector{3, 2}));
}

TEST_F(EditedTrip, TakesItsBookingsAlong) {
    const TripId trip = add_trip(driver_);
    const BookingId whole = confirmed(amina_, trip), part = book(karim_, trip, {.from = 1, .to = 2})->id;
    const BookingView before = look(amina_, whole), part_before = look(karim_, part);
    ASSERT_TRUE(move(trip, 10min));
    EXPECT_EQ(look(amina_, whole).pickup_at, before.pickup_at + 10min);
    EXPECT_EQ(look(amina_, whole).dropoff_at, before.dropoff_at + 10min);
    EXPECT_EQ(look(karim_, part).pickup_at, part_before.pickup_at + 10min);
    EXPECT_EQ(news(whole), "confirmed rescheduled");
    EXPECT_EQ(news(part), "confirmed rescheduled");
    ASSERT_TRUE(move(trip, -10min));
    EXPECT_EQ(look(amina_, whole).pickup_at, before.pickup_at);
}

TEST_F(EditedTrip, MovesFifteenMinutesFromWhatEachPassengerBooked) {
    const TripId trip = add_trip(driver_);
    const BookingId first = confirmed(amina_, trip);
    const Instant known = look(amina_, first).pickup_at;
    EXPECT_FALSE(move(trip, 16min));
    EXPECT_FALSE(move(trip, -16min));
    ASSERT_TRUE(move(trip, 8min));
    ASSERT_TRUE(move(trip, 7min));
    EXPECT_FALSE(move(trip, 1min)) << "small moves add up";
    const BookingId second = confirmed(karim_, trip);
    EXPECT_FALSE(move(trip, -16min)) << "the passenger who booked the later time objects";
    EXPECT_EQ(look(amina_, first).pickup_at, known + 15min);
    EXPECT_EQ(news(first), "confirmed rescheduled rescheduled");
    ASSERT_TRUE(act(&BookingService::cancel, as(amina_), first));
    EXPECT_TRUE(move(trip, 15min)) << "the first agreed time is no longer known";
    EXPECT_EQ(look(karim_, second).pickup_at, known + 30min);
}

TEST_F(EditedTrip, MovesADropOffFifteenMinutesFromWhatEachPassengerBooked) {
    const TripId trip = add_trip(driver_);
    const BookingId whole = confirmed(amina_, trip), part = book(karim_, trip, {.from = 0, .to = 1})->id;
    const BookingView before = look(amina_, whole);
    EXPECT_FALSE(arrive_later(trip, 16min));
    EXPECT_FALSE(arrive_later(trip, -16min));
    ASSERT_TRUE(arrive_later(trip, 8min));
    EXPECT_EQ(look(amina_, whole).pickup_at, before.pickup_at);
    EXPECT_EQ(look(amina_, whole).dropoff_at, before.dropoff_at + 8min);
    EXPECT_EQ(news(whole), "confirmed rescheduled");
    EXPECT_FALSE(arrive_later(trip, 8min)) << "small moves add up";
    EXPECT_FALSE(move(trip, 8min)) << "and so do those of the whole trip";
    ASSERT_TRUE(move(trip, 7min));
    EXPECT_EQ(look(amina_, whole).dropoff_at, before.dropoff_at + 15min);
    ASSERT_TRUE(arrive_later(trip, -30min));
    EXPECT_EQ(look(karim_, part).pickup_at, before.pickup_at + 7min)
        << "a passenger who leaves before it is not affected";
}

TEST_F(EditedTrip, IsRefusedWhereAPassengersOtherRideIsInTheWay) {
    const TripId trip = add_trip(driver_), before = add_trip(add_driver("Brahim"), {.departs_in = 24h * 5 - 5h - 5min});
    const BookingId id = confirmed(amina_, trip);
    confirmed(amina_, before);
    const Instant pickup = look(amina_, id).pickup_at;
    EXPECT_TRUE(move(trip, -5min));
    EXPECT_FALSE(move(trip, -1min));
    EXPECT_EQ(look(amina_, id).pickup_at, pickup - 5min);
}

TEST_F(EditedTrip, BringsDeadlinesSoonerNeverLater) {
    const TripId trip = add_trip(driver_, {.mode = BookingMode::approval, .departs_in = 60min});
    const BookingId asked = book(amina_, trip)->id, unpaid = book(karim_, trip, {.method = Method::sandbox})->id;
    ASSERT_TRUE(act(&BookingService::accept, as(driver_), unpaid));
    EXPECT_EQ(look(amina_, asked).expires_at, clock_.now() + 30min);
    EXPECT_EQ(look(karim_, unpaid).expires_at, clock_.now() + 30min);
    clock_.advance(20min);
    ASSERT_TRUE(move(trip, -10min));
    EXPECT_EQ(look(amina_, asked).expires_at, clock_.now() + 10min) << "it was sooner already";
    ASSERT_TRUE(move(trip, -5min));
    EXPECT_EQ(look(amina_, asked).expires_at, clock_.now() + 10min);
    clock_.advance(5min);
    ASSERT_TRUE(move(trip, 25min));
    EXPECT_EQ(look(amina_, asked).expires_at, clock_.now() + 5min);
    EXPECT_EQ(look(karim_, unpaid).expires_at, clock_.now() + 5min);
}

TEST_F(EditedTrip, HalvesWhatIsLeftUntilASoonerPickup) {
    const TripId trip = add_trip(driver_, {.mode = BookingMode::approval, .departs_in = 40min});
    const BookingId asked = book(amina_, trip)->id;
    EXPECT_EQ(look(amina_, asked).expires_at, clock_.now() + 20min);
    clock_.advance(10min);
    ASSERT_TRUE(move(trip, -14min));
    EXPECT_EQ(look(amina_, asked).expires_at, clock_.now() + 8min);
}

TEST_F(EditedTrip, EndsOverdueHoldsThatWereNotSwept) {
    const TripId trip = add_trip(driver_, {.mode = BookingMode::approval});
    const BookingId asked = book(amina_, trip)->id;
    clock_.advance(3h);
    ASSERT_TRUE(move(trip, 10min));
    EXPECT_EQ(status(asked), "expired");
    EXPECT_EQ(seats_left(trip), "3,3");
    EXPECT_EQ(news(asked), "requested expired");
}

TEST_F(EditedTrip, TellsPassengersOfNewDetails) {
    const TripId trip = add_trip(driver_);
    const BookingId id = confirmed(amina_, trip);
    change_note(trip);
    EXPECT_EQ(news(id), "confirmed details_changed");
}

TEST_F(EditedTrip, IsNotWhatALatePaymentPaidFor) {
    const TripId trip = add_trip(driver_);
    const BookingId gone = book(amina_, trip, {.method = Method::sandbox})->id;
    clock_.advance(30min);
    testing::run(overdue_.expire_all(clock_.now()));
    ASSERT_TRUE(move(trip, 60min)) << "it has no bookings";
    testing::run(payments_.held(gone));
    EXPECT_EQ(status(gone), "expired");
    EXPECT_EQ(payments_.releases[gone], 1);
}

TEST_F(EditedTrip, IsWhatALatePaymentPaidForAfterASmallMove) {
    const TripId trip = add_trip(driver_);
    const BookingId late = book(amina_, trip, {.method = Method::sandbox})->id;
    const Instant pickup = look(amina_, late).pickup_at;
    clock_.advance(30min);
    testing::run(overdue_.expire_all(clock_.now()));
    ASSERT_TRUE(move(trip, 10min));
    testing::run(payments_.held(late));
    EXPECT_EQ(status(late), "confirmed");
    EXPECT_EQ(look(amina_, late).pickup_at, pickup + 10min);
}

}  // namespace
}  // namespace safargo::bookings
