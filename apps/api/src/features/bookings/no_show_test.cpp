// No-shows: of the passenger, reported by the driver, or of the driver, reported by the passenger.
#include "features/bookings/booking_world_test.hpp"
#include "features/bookings/no_shows.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;
using trips::TripStatus;

class NoShow : public World {
protected:
    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci");
    const TripId trip_ = add_trip(driver_, {.departs_in = 2h});

    Result<BookingView> report(UserId who, BookingId id) { return act(&BookingService::report_missing, as(who), id); }
    // Reported as early as allowed.
    BookingId missed_passenger(Method method = Method::sandbox) {
        const BookingId id = confirmed(amina_, trip_, method);
        start(trip_);
        clock_.advance(2h + 15min);
        EXPECT_TRUE(report(driver_, id));
        return id;
    }
    BookingId missed_driver(Method method = Method::sandbox) {
        const BookingId id = confirmed(amina_, trip_, method);
        clock_.advance(2h + 15min);
        EXPECT_TRUE(report(amina_, id));
        return id;
    }
    // As the dispatcher would, late or twice or too early.
    void end_contest(BookingId id) {
        testing::run(
            no_shows_.subscription().handlings[0].handler({.payload = R"({"booking_id":")" + id.str() + R"("})"}));
    }
    std::string waiting(BookingId id) {  // the end of the contest window, per queued row
        return text(R"(select coalesce(string_agg(available_at::text, ' ' order by id), '') from outbox
                       where kind = 'booking.no_show' and payload like '%' || $1::uuid || '%')",
                    id.value);
    }
    std::optional<Instant> contest_until(BookingId id) {
        return testing::run(queries_.find(as(amina_), id))->contest_until;
    }
    Task<Result<Nothing>> leave_behind(db::Transaction& tx, const BookingTransitions& transitions, BookingId id) {
        auto locked = co_await lock_with_trip(tx, seats_, id);
        co_return co_await transitions.report_passenger_missing(tx, locked->trip, locked->booking, clock_.now());
    }
    std::int64_t counted() { return counter(driver_, "late_cancellations") + counter(amina_, "late_cancellations"); }

    NoShows no_shows_{db_, clock_, payments_};
};

TEST_F(NoShow, OfThePassengerIsReportedDuringTheRideAfterWaitingAtThePickup) {
    const BookingId id = confirmed(amina_, trip_, Method::sandbox);
    start(trip_);
    clock_.advance(2h + 15min - 1us);
    const auto early = report(driver_, id);
    ASSERT_EQ(code_of(early), Code::too_early);
    EXPECT_EQ(early.error().reason, (Violation{Rule::opens_at, "2026-12-01 11:15"}));
    clock_.advance(1us);
    const auto missing = report(driver_, id);
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->status, BookingStatus::no_show_passenger);
    EXPECT_EQ(missing->contest_until, clock_.now() + 24h);
    EXPECT_EQ(seats_left(trip_), "3,3");
    complete(trip_);
    EXPECT_EQ(status(id), "no_show_passenger");
    EXPECT_EQ(counter(amina_, "trips_travelled"), 0);
    EXPECT_EQ(code_of(report(driver_, id)), Code::illegal_transition);
    EXPECT_EQ(code_of(report(amina_, id)), Code::illegal_transition) << "the first report counts; after that, disputes";
}

// The booking's state first, then the trip's, then the time.
TEST_F(NoShow, IsRefusedByStateThenTripThenTime) {
    constexpr auto driver_says = BookingEvent::passenger_missing, passenger_says = BookingEvent::driver_missing;
    const auto code = [this](TripStatus trip, BookingStatus status, BookingEvent event, std::chrono::minutes after) {
        const Booking booking{.status = status, .pickup_at = clock_.now()};
        trips::Trip on{};
        on.status = trip;
        const auto refused = no_show_refusal(on, booking, event, clock_.now() + after);
        return refused ? std::string(info(refused->code).name) : "said";
    };
    for (const BookingEvent event : {driver_says, passenger_says}) {
        for (const auto& [trip, said] :
             std::map<TripStatus, std::string>{{TripStatus::draft, "trip_not_started"},
                                               {TripStatus::open, event == driver_says ? "trip_not_started" : "said"},
                                               {TripStatus::in_progress, "said"},
                                               {TripStatus::completed, "trip_ended"},
                                               {TripStatus::cancelled, "trip_ended"}}) {
            EXPECT_EQ(code(trip, BookingStatus::confirmed, event, 15min), said);
            EXPECT_EQ(code(trip, BookingStatus::confirmed, event, 14min), said == "said" ? "too_early" : said);
            for (const BookingStatus other :
                 {BookingStatus::requested, BookingStatus::boarded, BookingStatus::completed, BookingStatus::settled,
                  BookingStatus::disputed, BookingStatus::no_show_driver, BookingStatus::cancelled_by_driver}) {
                EXPECT_EQ(code(trip, other, event, 14min), "illegal_transition");
            }
        }
    }
}

TEST_F(NoShow, OfThePassengerNeedsAStartedTrip) {
    const BookingId id = confirmed(amina_, trip_, Method::sandbox);
    clock_.advance(3h);
    EXPECT_EQ(code_of(report(driver_, id)), Code::trip_not_started) << "the driver never started the trip";
    EXPECT_EQ(status(id), "confirmed");
    EXPECT_EQ(payment_status(id), "hold");
}

TEST_F(NoShow, OfThePassengerPaysTheDriverAfterTheLongerOfBothDelays) {
    const BookingId id = missed_passenger();
    EXPECT_EQ(payment_status(id), "hold");
    EXPECT_FALSE(payments_.sharing.contains(id));
    EXPECT_EQ(payments_.captures.at(id), clock_.now() + 24h);
}

TEST_F(NoShow, OfThePassengerWaitsForTheContestWindowAlone) {
    const BookingTransitions hurried{seats_, payments_, {.delay = 0s, .contest_window = 24h}};
    const BookingTransitions patient{seats_, payments_, {.delay = 72h, .contest_window = 24h}};
    const TripId later = add_trip(driver_, {.departs_in = 240h});
    const std::pair<const BookingTransitions*, std::chrono::hours> delays[] = {{&hurried, 24h}, {&patient, 72h}};
    for (const auto& [transitions, delay] : delays) {
        const BookingId id = confirmed(add_user("Lila"), later, Method::sandbox);
        auto leave = [this, id, way = transitions](db::Transaction& tx) { return leave_behind(tx, *way, id); };
        ASSERT_TRUE(testing::run(db_.transact<Nothing>(leave)));
        EXPECT_EQ(payments_.captures.at(id), clock_.now() + delay);
    }
}

TEST_F(NoShow, OfThePassengerTakesNoCash) {
    const BookingId id = missed_passenger(Method::cash);
    EXPECT_EQ(payment_status(id), "cancelled");
    EXPECT_FALSE(payments_.captures.contains(id));
}

TEST_F(NoShow, OfTheDriverRefundsInFullWhenNotContested) {
    const BookingId id = confirmed(amina_, trip_, Method::sandbox);
    clock_.advance(2h + 15min - 1us);
    EXPECT_EQ(code_of(report(amina_, id)), Code::too_early);
    clock_.advance(1us);
    const auto missing = report(amina_, id);
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->status, BookingStatus::no_show_driver);
    EXPECT_EQ(seats_left(trip_), "3,3");
    EXPECT_EQ(payment_status(id), "hold") << "the refund waits as well";
    EXPECT_FALSE(payments_.captures.contains(id));
    EXPECT_EQ(counted(), 0);
    clock_.advance(24h);
    end_contest(id);
    EXPECT_EQ(payments_.sharing.at(id).to_passenger, Dinars{1575});
    EXPECT_EQ(counter(driver_, "late_cancellations"), 1);
    EXPECT_EQ(counter(amina_, "late_cancellations"), 0);
    end_contest(id);
    EXPECT_EQ(counted(), 1) << "handled twice, counted once";
    EXPECT_EQ(code_of(report(driver_, id)), Code::illegal_transition);
}

TEST_F(NoShow, OfThePassengerCountsWhenNotContested) {
    for (const Method method : {Method::sandbox, Method::cash}) {
        const UserId amina = add_user("Amina"), driver = add_driver("Nadir");
        const TripId trip = add_trip(driver, {.departs_in = 2h});
        const BookingId id = confirmed(amina, trip, method);
        start(trip);
        clock_.advance(2h + 15min);
        ASSERT_TRUE(report(driver, id));
        EXPECT_EQ(counter(amina, "late_cancellations"), 0);
        clock_.advance(24h);
        end_contest(id);
        EXPECT_EQ(counter(amina, "late_cancellations"), 1);
        EXPECT_FALSE(payments_.sharing.contains(id)) << "the capture has a task of its own";
        EXPECT_EQ(counter(driver, "late_cancellations"), 0);
    }
}

TEST_F(NoShow, IsHandledWhenTheContestWindowHasClosedAndNotBefore) {
    const BookingId id = missed_driver();
    EXPECT_EQ(waiting(id), "2026-12-02 10:15:00+00");
    end_contest(id);
    EXPECT_EQ(payment_status(id), "hold");
    EXPECT_EQ(counted(), 0);
    EXPECT_EQ(waiting(id), "2026-12-02 10:15:00+00 2026-12-02 10:15:00+00") << "it is scheduled again for its time";
    EXPECT_TRUE(contest_until(id));
    clock_.advance(24h);
    end_contest(id);
    EXPECT_EQ(payment_status(id), "refunded");
    EXPECT_FALSE(contest_until(id));
}

TEST_F(NoShow, DisputedIsNeitherCountedNorRefunded) {
    const BookingId id = missed_driver();
    text("update bookings set status = 'disputed' where id = $1 returning status", id.value);
    text("update no_shows set ended_at = now() where booking_id = $1 returning 'over'", id.value);
    clock_.advance(24h);
    end_contest(id);
    EXPECT_EQ(payment_status(id), "hold");
    EXPECT_EQ(counted(), 0);
}

TEST_F(NoShow, ReportedBeforeContestsExistedIsFinal) {
    const BookingId id = missed_passenger();
    text("delete from no_shows where booking_id = $1 returning 'gone'", id.value);
    end_contest(id);
    EXPECT_FALSE(contest_until(id));
    EXPECT_EQ(counted(), 0);
    EXPECT_TRUE(may_capture(id));
}

TEST_F(NoShow, OfTheDriverIsNotReportedFromTheirCar) {
    const BookingId id = confirmed(amina_, trip_);
    start(trip_);
    ASSERT_TRUE(board(driver_, id, by_pin(codes_.pin(id))));
    clock_.advance(3h);
    EXPECT_EQ(code_of(report(amina_, id)), Code::illegal_transition);
    EXPECT_EQ(counted(), 0);
}

TEST_F(NoShow, IsReportedByTheTwoOnly) {
    const BookingId id = confirmed(amina_, trip_);
    clock_.advance(3h);
    const UserId stranger = add_user("Someone");
    for (const Role role : {Role::user, Role::moderator, Role::admin}) {
        EXPECT_EQ(code_of(act(&BookingService::report_missing, as(stranger, role), id)), Code::not_found);
    }
    EXPECT_EQ(status(id), "confirmed");
}

TEST_F(NoShow, WithFrozenMoneyIsRefundedWhenTheTripIsCancelled) {
    for (const auto by : {trips::CancelledBy::driver, trips::CancelledBy::admin, trips::CancelledBy::system}) {
        for (const bool passenger_is_missing : {true, false}) {
            const UserId driver = add_driver("Nadir"), amina = add_user("Amina");
            const TripId trip = add_trip(driver, {.departs_in = 2h});
            const BookingId id = confirmed(amina, trip, Method::sandbox);
            start(trip);
            clock_.advance(2h + 15min);
            ASSERT_TRUE(report(passenger_is_missing ? driver : amina, id));
            cancel(trip, by);
            EXPECT_EQ(status(id), passenger_is_missing ? "no_show_passenger" : "no_show_driver");
            EXPECT_EQ(payments_.sharing.at(id).to_passenger, Dinars{1575});
            EXPECT_EQ(payment_status(id), "refunded");
            EXPECT_TRUE(news(id).ends_with(" ride_cut_short")) << news(id);
            clock_.advance(24h);
            end_contest(id);
            EXPECT_EQ(counter(amina, "late_cancellations"), 0);
            const bool called_off = by == trips::CancelledBy::driver;  // before the passenger could contest
            EXPECT_EQ(counter(driver, "late_cancellations"), passenger_is_missing && !called_off ? 0 : 1);
        }
    }
}

TEST_F(NoShow, NotContestedInTimeIsNotARideCalledOffByTheDriver) {
    const BookingId id = missed_passenger(Method::cash);
    clock_.advance(24h);
    end_contest(id);
    cancel(trip_, trips::CancelledBy::driver);
    EXPECT_EQ(counter(driver_, "late_cancellations"), 0);
    EXPECT_EQ(counter(amina_, "late_cancellations"), 1);
}

TEST_F(NoShow, DisputedOrPaidIsNotTouchedByTheEndOfTheTrip) {
    const BookingId id = missed_passenger();
    text("update payments set status = 'captured', captured = amount where booking_id = $1 returning status", id.value);
    cancel(trip_, trips::CancelledBy::driver);
    EXPECT_EQ(payment_status(id), "captured");
    EXPECT_FALSE(news(id).ends_with("ride_cut_short"));
    EXPECT_EQ(payments_.releases[id], 0);
}

}  // namespace
}  // namespace safargo::bookings
