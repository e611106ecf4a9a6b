// What a decision does: the money, the booking, the counters.
#include "features/disputes/disputes_world_test.hpp"

namespace safargo::disputes {
namespace {

using enum PaymentStatus;

class Resolve : public DisputesWorld {
protected:
    Result<BookingView> get_off(BookingId id) {
        return testing::run(db_.transact<BookingView>([&](db::Transaction& tx) { return ride_a_little(tx, id); }));
    }
    Task<Result<BookingView>> ride_a_little(db::Transaction& tx, BookingId id) {
        if (auto aboard = co_await rides.board(tx, as(driver), id, by_pin(codes_.pin(id))); !aboard) co_return aboard;
        co_return co_await rides.complete(tx, as(driver), id);
    }
};

TEST_F(Resolve, SplitsHeldMoneyByOneCapture) {
    const BookingId id = travelled();
    ASSERT_TRUE(open(passenger, id));
    const auto file = resolve(id, 420);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->status, DisputeStatus::resolved);
    EXPECT_EQ(file->refund, Dinars{420});
    EXPECT_EQ(file->note, "why so");
    EXPECT_EQ(file->resolved_by, admin.id);
    EXPECT_EQ(file->resolved_at, clock_.now());
    EXPECT_EQ(file->booking.status, BookingStatus::settled);
    EXPECT_EQ(view(passenger, id).dispute->refund, Dinars{420});
    clock_.advance(24h);
    work_off();
    expect_money(id, refunded, 1155, 420);
    EXPECT_EQ(at_provider(id), (sandbox::Charge{sandbox::ChargeStatus::captured, {1575}, {1155}, {0}}));
    EXPECT_EQ(testing::run(ledger::balance(db_, ledger::Account::driver_payable, driver)), Dinars{1100});
    EXPECT_EQ(status(id), "settled");
    expect_sound();
}

TEST_F(Resolve, RefundsCapturedMoneyAndRecordsWhoDecided) {
    const BookingId id = settled();
    ASSERT_TRUE(open(driver, id));
    ASSERT_TRUE(resolve(id, 420));
    work_off();
    expect_money(id, refunded, 1575, 420);
    EXPECT_EQ(at_provider(id)->refunded, Dinars{420});
    EXPECT_EQ(text(R"(select r.reason || ' ' || r.amount || ' ' || (decided_by = ')" + admin.id.str() + R"(')
                      from payment_refunds r join payments p on p.id = r.payment_id where p.booking_id = $1)",
                   id.value),
              "why so 420 true");
    expect_sound();
}

TEST_F(Resolve, RefundsAtMostWhatThereIs) {
    const BookingId held = travelled(), taken = settled(), cash = travelled(Method::cash);
    for (const auto& [id, most] : {std::pair{held, "1575"}, std::pair{taken, "1575"}, std::pair{cash, "0"}}) {
        passenger = testing::run(ride_queries.find(admin, id))->passenger.id;
        ASSERT_TRUE(open(passenger, id));
        const auto refused = resolve(id, std::stoll(most) + 1);
        ASSERT_EQ(code_of(refused), Code::validation_failed);
        EXPECT_EQ(refused.error().fields, (std::vector{FieldError{"refund", {Rule::out_of_range, "0", most}}}));
        EXPECT_EQ(status(id), "disputed");
        ASSERT_TRUE(resolve(id, std::stoll(most))) << most;
        EXPECT_EQ(status(id), "settled");
    }
    work_off();
    expect_money(cash, captured, 1500, 0);
    expect_sound();
}

TEST_F(Resolve, IsForUninvolvedAdminsAndOnce) {
    const BookingId id = travelled();
    ASSERT_TRUE(open(passenger, id));
    EXPECT_EQ(code_of(resolve(as(add_user("M"), Role::moderator), id, 0)), Code::forbidden)
        << "moderators move no money";
    EXPECT_EQ(code_of(resolve(as(driver, Role::admin), id, 0)), Code::forbidden);
    EXPECT_EQ(code_of(resolve(as(passenger, Role::admin), id, 1575)), Code::forbidden);
    ASSERT_TRUE(resolve(id, 100)) << "there is no answer yet";
    EXPECT_EQ(code_of(resolve(id, 200)), Code::illegal_transition);
    EXPECT_EQ(code_of(testing::run(try_resolve(admin, DisputeId::make(clock_.now()), 0))), Code::not_found);
    expect_money(id, refunded, 1475, 100);
}

// A row of the table: the report, whether cash, the refund, and against whom it counts in the end.
TEST_F(Resolve, CountsANoShowThatTheDecisionConfirms) {
    struct Row {
        Side missing;
        std::int64_t refund;
        int passenger_counts, driver_counts;
    };
    for (const auto& [missing, refund, passenger_counts, driver_counts] :
         {Row{Side::passenger, 0, 1, 0}, Row{Side::passenger, 1, 0, 0}, Row{Side::passenger, 1575, 0, 0},
          Row{Side::driver, 1575, 0, 1}, Row{Side::driver, 1574, 0, 0}, Row{Side::driver, 0, 0, 0}}) {
        const BookingId id = missed(missing);
        ASSERT_TRUE(open(missing == Side::driver ? driver : passenger, id));
        ASSERT_TRUE(resolve(id, refund));
        EXPECT_EQ(status(id), "settled");
        clock_.advance(48h);
        work_off();
        EXPECT_EQ(counted(passenger), passenger_counts) << refund;
        EXPECT_EQ(counted(driver), driver_counts) << refund;
        expect_money(id, refund == 0 ? captured : refunded, 1575 - refund, refund);
    }
    expect_sound();
}

// One of two seats was given back late: 750 DA of its price are the driver's, 75 DA of fee stay. The other seat is
// disputed.
TEST_F(Resolve, CountsANoShowByTheSeatsThatWereLeft) {
    for (const auto& [missing, refund, counts] :
         {std::tuple{Side::passenger, 0, 1}, std::tuple{Side::passenger, 1575, 0}, std::tuple{Side::driver, 1575, 1},
          std::tuple{Side::driver, 2400, 1}, std::tuple{Side::driver, 1574, 0}}) {
        const BookingId id = booked(Method::sandbox, 2);
        clock_.advance(31min);
        ASSERT_TRUE(keep_seats(id, 1));
        start_trip(id);
        clock_.advance(2h);
        ASSERT_TRUE(report(missing == Side::passenger ? driver : passenger, id));
        ASSERT_TRUE(open(missing == Side::driver ? driver : passenger, id));
        ASSERT_TRUE(resolve(id, refund)) << refund;
        clock_.advance(48h);
        work_off();
        EXPECT_EQ(counted(passenger), missing == Side::passenger ? counts : 0) << refund;
        EXPECT_EQ(counted(driver), missing == Side::driver ? counts : 0) << refund;
        expect_money(id, refunded, 2400 - refund, 750 + refund);
    }
    expect_sound();
}

TEST_F(Resolve, LeavesContestedCashWhereItIsAndCountsAgainstNoOne) {
    for (const Side missing : {Side::passenger, Side::driver}) {
        const BookingId id = missed(missing, Method::cash);
        ASSERT_TRUE(open(missing == Side::driver ? driver : passenger, id));
        EXPECT_EQ(code_of(resolve(id, 1)), Code::validation_failed);
        ASSERT_TRUE(resolve(id, 0));
        clock_.advance(48h);
        work_off();
        expect_money(id, cancelled, 0, 0);
        EXPECT_EQ(counted(passenger) + counted(driver), 0);
    }
    expect_sound();
}

// Contesting must not leave a person worse off: the called-off ride is refunded, and nothing is left to decide.
TEST_F(Resolve, IsTooLateForANoShowWhoseTripWasCancelled) {
    for (const Method method : {Method::sandbox, Method::cash}) {
        for (const Side missing : {Side::passenger, Side::driver}) {
            const BookingId id = missed(missing, method);
            ASSERT_TRUE(open(missing == Side::driver ? driver : passenger, id));
            end_trip(id, trips::TripStatus::cancelled);
            EXPECT_EQ(status(id), "settled");
            EXPECT_EQ(view(passenger, id).dispute->status, DisputeStatus::closed);
            EXPECT_TRUE(news(id).ends_with(" disputed settled ride_cut_short")) << news(id);
            if (method == Method::sandbox) expect_money(id, refunded, 0, 1575);
            EXPECT_EQ(code_of(resolve(id, 0)), Code::illegal_transition);
            EXPECT_EQ(code_of(answer(missing == Side::driver ? passenger : driver, id)), Code::illegal_transition);
            clock_.advance(48h);
            work_off();
            EXPECT_EQ(counted(passenger), 0);
            EXPECT_EQ(counted(driver), 1) << "the driver called the ride off";
        }
    }
    expect_sound();
}

TEST_F(Resolve, IsTooLateForARideCompletedTooEarlyWhoseTripWasCancelled) {
    for (const Side opener : {Side::driver, Side::passenger}) {
        const BookingId id = booked();
        start_trip(id);
        clock_.advance(2h + 30min);
        ASSERT_TRUE(get_off(id));
        EXPECT_EQ(counter(passenger, "trips_travelled"), 1);
        ASSERT_TRUE(open(opener == Side::driver ? driver : passenger, id));
        end_trip(id, trips::TripStatus::cancelled);
        EXPECT_EQ(status(id), "settled");
        EXPECT_EQ(view(passenger, id).dispute->status, DisputeStatus::closed);
        EXPECT_EQ(counter(passenger, "trips_travelled"), 0);
        EXPECT_EQ(code_of(resolve(id, 0)), Code::illegal_transition);
        clock_.advance(48h);
        work_off();
        expect_money(id, refunded, 0, 1575);
    }
    expect_sound();
}

TEST_F(Resolve, DecidesARealRideEvenIfItsTripWasCancelled) {
    const BookingId id = booked();
    start_trip(id);
    clock_.advance(6h);
    ASSERT_TRUE(get_off(id));
    ASSERT_TRUE(open(passenger, id));
    end_trip(id, trips::TripStatus::cancelled);
    EXPECT_EQ(status(id), "disputed");
    expect_money(id, hold, 0, 0);
    ASSERT_TRUE(resolve(id, 420));
    work_off();
    expect_money(id, refunded, 1155, 420);
    expect_sound();
}

TEST_F(Resolve, WorksAfterTheTripWasCancelled) {
    const BookingId returned = missed(Side::driver);
    end_trip(returned, trips::TripStatus::cancelled);
    expect_money(returned, refunded, 0, 1575);
    ASSERT_TRUE(open(driver, returned)) << "the no-show may still be untrue";
    EXPECT_EQ(code_of(resolve(returned, 1)), Code::validation_failed);
    ASSERT_TRUE(resolve(returned, 0));
    work_off();
    expect_money(returned, refunded, 0, 1575);
    expect_sound();
}

TEST_F(Resolve, OfARideThatEndedEarlyIsNotUndoneByCancellingItsTrip) {
    const BookingId id = booked();
    start_trip(id);
    clock_.advance(2h + 30min);
    ASSERT_TRUE(get_off(id));
    ASSERT_TRUE(open(passenger, id));
    ASSERT_TRUE(resolve(id, 100));
    end_trip(id, trips::TripStatus::cancelled);
    work_off();
    expect_money(id, refunded, 1475, 100);
    expect_sound();
}

TEST_F(Resolve, FinishesACaptureInProgress) {
    const BookingId id = travelled();
    clock_.advance(24h);
    testing::run(sandbox_.add_fault(
        {sandbox::Operation::capture, sandbox::FaultOutcome::lost_answer, Bounded<1, 1000>::from(1).value()}));
    EXPECT_THROW(work_off(), std::exception);
    ASSERT_TRUE(open(passenger, id));
    ASSERT_TRUE(resolve(id, 420));
    work_off();
    expect_money(id, refunded, 1575, 420);
    EXPECT_EQ(at_provider(id)->refunded, Dinars{420});
    expect_sound();
}

}  // namespace
}  // namespace safargo::disputes
