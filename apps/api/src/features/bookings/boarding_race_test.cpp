// Boarding starts trips, while others cancel, complete, start or call off at the same moment.
#include "features/bookings/booking_world_test.hpp"

#include <cstdlib>

namespace safargo::bookings {
namespace {

using payments::Method;

int scaled(int rounds) {
    const char* scale = std::getenv("SAFARGO_TEST_SCALE");
    return rounds * (scale == nullptr ? 1 : std::max(1, std::atoi(scale)));
}

class BoardingRace : public World {
protected:
    using Answer = std::optional<Result<BookingView>>;

    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci"), karim_ = add_user("Karim H.");

    Task<Result<BookingView>> try_board(BookingId id) {
        const Board proof = by_pin(codes_.pin(id));
        return db_.transact<BookingView>(
            [=, this](db::Transaction& tx) { return bookings_.board(tx, as(driver_), id, proof); });
    }
    Task<Result<BookingView>> try_act(Action action, UserId who, BookingId id) {
        return db_.transact<BookingView>(
            [=, this](db::Transaction& tx) { return (bookings_.*action)(tx, as(who), id); });
    }
    // The trip's own transaction as the driver's action runs it: their row, the trip, then the effects.
    Task<void> call_off(TripId trip) {
        co_await db_.transact<Nothing>([this, trip](db::Transaction& tx) { return call_off_in(tx, trip); });
    }
    Task<Result<Nothing>> call_off_in(db::Transaction& tx, TripId id) {
        static constexpr db::Statement cancel{"test_call_off", "update trips set status = 'cancelled' where id = $1"};
        auto trip = co_await seats_.lock_with_driver(tx, driver_, id);
        trip->status = trips::TripStatus::cancelled;
        co_await tx.query(cancel, id);
        co_await trips_.cancelled(tx, *trip, trips::CancelledBy::driver);
        co_return Nothing{};
    }
    Task<void> expire() { co_await overdue_.expire_all(clock_.now()); }
    std::string trip_status(TripId trip) { return text("select status from trips where id = $1", trip.value); }
};

TEST_F(BoardingRace, TwoPassengersBoardingStartTheTripOnce) {
    for (int round = 0; round < scaled(8); ++round) {
        const TripId trip = add_trip(driver_, {.departs_in = 24h * (2 + round)});
        const BookingId one = confirmed(amina_, trip), other = confirmed(karim_, trip);
        Answer first, second;
        std::vector<Task<void>> tasks;
        tasks.push_back(testing::keep_answer(try_board(one), first));
        tasks.push_back(testing::keep_answer(try_board(other), second));
        tasks.push_back(expire());
        testing::run_all(std::move(tasks));
        ASSERT_TRUE(first->has_value() && second->has_value());
        ASSERT_EQ(trip_status(trip), "in_progress");
    }
}

TEST_F(BoardingRace, BoardingAndCancellingExcludeEachOther) {
    for (int round = 0; round < scaled(8); ++round) {
        const TripId trip = add_trip(driver_, {.departs_in = 24h * (2 + round)});
        const BookingId id = confirmed(amina_, trip, Method::sandbox);
        Answer boarded, cancelled;
        std::vector<Task<void>> tasks;
        tasks.push_back(testing::keep_answer(try_act(&BookingService::cancel, amina_, id), cancelled));
        tasks.push_back(testing::keep_answer(try_board(id), boarded));
        testing::run_all(std::move(tasks));
        ASSERT_NE(boarded->has_value(), cancelled->has_value());
        ASSERT_EQ(code_of(boarded->has_value() ? *cancelled : *boarded), Code::illegal_transition);
        ASSERT_EQ(trip_status(trip), boarded->has_value() ? "in_progress" : "open");
        ASSERT_EQ(seats_left(trip), boarded->has_value() ? "2,2" : "3,3");
        ASSERT_EQ(payment_status(id), boarded->has_value() ? "hold" : "refunded");
    }
}

TEST_F(BoardingRace, NoOneStaysAboardACancelledTrip) {
    for (int round = 0; round < scaled(8); ++round) {
        const TripId trip = add_trip(driver_, {.departs_in = 24h * (2 + round)});
        const BookingId one = confirmed(amina_, trip, Method::sandbox), other = confirmed(karim_, trip);
        Answer first, second, completed;
        std::vector<Task<void>> tasks;
        tasks.push_back(testing::keep_answer(try_board(one), first));
        tasks.push_back(call_off(trip));
        tasks.push_back(testing::keep_answer(try_board(other), second));
        tasks.push_back(testing::keep_answer(try_act(&BookingService::complete, driver_, one), completed));
        testing::run_all(std::move(tasks));
        ASSERT_EQ(trip_status(trip), "cancelled");
        ASSERT_EQ(payment_status(one), "refunded");
        ASSERT_EQ(seats_left(trip).find('-'), std::string::npos);
        for (const BookingId id : {one, other}) {
            const std::string stands = status(id);
            ASSERT_TRUE(stands == "settled" || stands == "cancelled_by_driver") << stands;
        }
    }
}

}  // namespace
}  // namespace safargo::bookings
