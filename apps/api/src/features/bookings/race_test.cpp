// Real connections at the same seats.
#include "core/failures.hpp"
#include "features/bookings/world.hpp"

#include <boost/asio/co_spawn.hpp>

#include <cstdlib>

namespace safargo::bookings {
namespace {

using payments::Method;

int scaled(int rounds) {
    const char* scale = std::getenv("SAFARGO_TEST_SCALE");
    return rounds * (scale == nullptr ? 1 : std::max(1, std::atoi(scale)));
}

class Race : public World {
protected:
    // Starts all tasks at once, each on a connection of its own, and waits for the last.
    template <class T>
    std::vector<T> run_all(std::vector<Task<T>> tasks) {
        const auto context = testing::shared_context();
        std::vector<std::optional<T>> answers(tasks.size());
        std::exception_ptr failure;
        std::size_t left = tasks.size();
        bool done = false;
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            boost::asio::co_spawn(*context, std::move(tasks[i]), [&, i](std::exception_ptr thrown, T answer) {
                if (thrown) {
                    failure = thrown;
                } else {
                    answers[i].emplace(std::move(answer));
                }
                done = --left == 0;
            });
        }
        testing::turn_until(*context, done);
        if (failure) std::rethrow_exception(failure);
        std::vector<T> all;
        for (auto& answer : answers) all.push_back(std::move(*answer));
        return all;
    }

    Task<int> sweep() { return overdue_.expire_all(clock_.now()); }
    Task<int> pay(BookingId id) {
        co_await money_.held(id);
        co_return 1;
    }
    static Task<int> keep(std::optional<Result<BookingView>>& answer, Task<Result<BookingView>> task) {
        answer.emplace(co_await std::move(task));
        co_return 1;
    }
};

TEST_F(Race, TwoPassengersForTheLastSeat) {
    const UserId driver = add_driver("Ahmed Benali"), amina = add_user("Amina"), karim = add_user("Karim");
    for (int round = 0; round < scaled(10); ++round) {
        const TripId trip = add_trip(driver, {.seats = 1, .departs_in = 24h * (2 + round)});
        std::vector<Task<Result<BookingView>>> tasks;
        for (const UserId who : {amina, karim}) tasks.push_back(try_book(who, trip, {.from = round % 2, .to = 2}));
        const auto answers = run_all(std::move(tasks));
        ASSERT_EQ(answers[0].has_value() + answers[1].has_value(), 1);
        for (const auto& answer : answers) {
            if (!answer) EXPECT_EQ(answer.error().code, Code::trip_full);
        }
        ASSERT_EQ(seats_left(trip), round % 2 == 0 ? "0,0" : "1,0");
    }
}

TEST_F(Race, SixPassengersForThreeSeatsOnTwoLegs) {
    const UserId driver = add_driver("Ahmed Benali");
    std::vector<UserId> people;
    for (int i = 0; i < 6; ++i) people.push_back(add_user("Passenger"));
    for (int round = 0; round < scaled(5); ++round) {
        const TripId trip = add_trip(driver, {.seats = 3, .departs_in = 24h * (2 + round)});
        std::vector<Task<Result<BookingView>>> tasks;
        for (int i = 0; i < 6; ++i) {
            tasks.push_back(try_book(people[static_cast<std::size_t>(i)], trip,
                                     {.from = i % 3 == 1 ? 1 : 0, .to = i % 3 == 0 ? 1 : 2}));
        }
        int legs[2] = {0, 0};
        for (const auto& answer : run_all(std::move(tasks))) {
            if (!answer) continue;
            for (auto leg = answer->from_stop; leg < answer->to_stop; ++leg) ++legs[leg];
        }
        ASSERT_LE(legs[0], 3);
        ASSERT_LE(legs[1], 3);
        ASSERT_EQ(seats_left(trip), std::to_string(3 - legs[0]) + "," + std::to_string(3 - legs[1]));
    }
}

TEST_F(Race, OnePassengerForTwoTripsAtTheSameTime) {
    const UserId amina = add_user("Amina"), first = add_driver("Ahmed"), second = add_driver("Brahim");
    for (int round = 0; round < scaled(10); ++round) {
        const auto departs_in = 24h * (2 + round);
        const TripId a = add_trip(first, {.departs_in = departs_in}), b = add_trip(second, {.departs_in = departs_in});
        std::vector<Task<Result<BookingView>>> tasks;
        for (const TripId trip : {a, b}) tasks.push_back(try_book(amina, trip, {}));
        const auto answers = run_all(std::move(tasks));
        ASSERT_EQ(answers[0].has_value() + answers[1].has_value(), 1);
        const auto& loser = answers[0] ? answers[1] : answers[0];
        EXPECT_EQ(loser.error().code, Code::overlapping_booking);
        EXPECT_EQ(seats_left(answers[0] ? b : a), "3,3");
    }
}

TEST_F(Race, TheSweeperAgainstTheMoney) {
    const UserId driver = add_driver("Ahmed"), amina = add_user("Amina");
    for (int round = 0; round < scaled(10); ++round) {
        const TripId trip = add_trip(driver, {.seats = 1, .departs_in = 24h * (2 + round)});
        const auto unpaid = book(amina, trip, {.method = Method::sandbox});
        ASSERT_TRUE(unpaid);
        clock_.advance(30min);
        std::vector<Task<int>> tasks;
        tasks.push_back(sweep());
        tasks.push_back(pay(unpaid->id));
        run_all(std::move(tasks));
        ASSERT_EQ(status(unpaid->id), "confirmed");  // swept before, it takes the free seat again
        ASSERT_EQ(payment_status(unpaid->id), "hold");
        ASSERT_EQ(seats_left(trip), "0,0");
    }
}

TEST_F(Race, TheSweeperTheMoneyAndANewPassengerForOneSeat) {
    const UserId driver = add_driver("Ahmed"), amina = add_user("Amina"), karim = add_user("Karim");
    for (int round = 0; round < scaled(10); ++round) {
        const TripId trip = add_trip(driver, {.seats = 1, .departs_in = 24h * (2 + round)});
        const auto unpaid = book(amina, trip, {.method = Method::sandbox});
        ASSERT_TRUE(unpaid);
        clock_.advance(30min);
        std::vector<Task<int>> tasks;
        std::optional<Result<BookingView>> answer;
        tasks.push_back(sweep());
        tasks.push_back(pay(unpaid->id));
        tasks.push_back(keep(answer, try_book(karim, trip, {})));
        run_all(std::move(tasks));
        const bool kept = status(unpaid->id) == "confirmed";
        ASSERT_NE(kept, answer->has_value());
        ASSERT_EQ(payment_status(unpaid->id), kept ? "hold" : "cancelled");
        ASSERT_EQ(payments_.releases[unpaid->id], kept ? 0 : 1);
        ASSERT_EQ(seats_left(trip), "0,0");
    }
}

}  // namespace
}  // namespace safargo::bookings
