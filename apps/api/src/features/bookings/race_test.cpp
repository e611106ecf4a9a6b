// Real connections competing for the same seats.
#include "features/bookings/booking_world_test.hpp"
#include "testing/gate.hpp"

#include <algorithm>
#include <array>
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
    using Answers = std::vector<std::optional<Result<BookingView>>>;

    struct Attempt {
        UserId who;
        TripId trip;
        Wish wish;
    };
    // All at once, each on its own connection, with `others` beside them.
    Answers book_all(const std::vector<Attempt>& attempts, std::vector<Task<void>> others = {}) {
        Answers answers(attempts.size());
        for (std::size_t i = 0; i < attempts.size(); ++i) {
            const auto& [who, trip, wish] = attempts[i];
            others.push_back(testing::keep_answer(try_book(who, trip, wish), answers[i]));
        }
        testing::run_all(std::move(others));
        return answers;
    }
    Task<void> sweep() { co_await overdue_.expire_all(clock_.now()); }
    std::vector<Task<void>> sweeper_and_money(BookingId id) {
        std::vector<Task<void>> tasks;
        tasks.push_back(sweep());
        tasks.push_back(payments_.held(id));
        return tasks;
    }
};

TEST_F(Race, TwoPassengersForTheLastSeat) {
    const UserId driver = add_driver("Ahmed Benali"), amina = add_user("Amina"), karim = add_user("Karim");
    for (int round = 0; round < scaled(10); ++round) {
        const TripId trip = add_trip(driver, {.seats = 1, .departs_in = 24h * (2 + round)});
        const Wish wish{.from = round % 2, .to = 2};
        const auto answers = book_all({{amina, trip, wish}, {karim, trip, wish}});
        ASSERT_NE(answers[0]->has_value(), answers[1]->has_value());
        EXPECT_EQ(code_of(answers[0]->has_value() ? *answers[1] : *answers[0]), Code::trip_full);
        ASSERT_EQ(seats_left(trip), round % 2 == 0 ? "0,0" : "1,0");
    }
}

TEST_F(Race, SixPassengersForThreeSeatsOnTwoLegs) {
    const UserId driver = add_driver("Ahmed Benali");
    std::vector<UserId> people;
    for (int i = 0; i < 6; ++i) people.push_back(add_user("Passenger"));
    for (int round = 0; round < scaled(5); ++round) {
        const TripId trip = add_trip(driver, {.seats = 3, .departs_in = 24h * (2 + round)});
        std::vector<Attempt> attempts;
        for (std::size_t i = 0; i < people.size(); ++i) {
            attempts.push_back({people[i], trip, {.from = i % 3 == 1 ? 1 : 0, .to = i % 3 == 0 ? 1 : 2}});
        }
        std::array sold{0, 0};
        for (const auto& answer : book_all(attempts)) {
            if (!*answer) continue;
            for (auto leg = (*answer)->from_stop; leg < (*answer)->to_stop; ++leg) {
                ++sold[static_cast<std::size_t>(leg)];
            }
        }
        ASSERT_LE(std::max(sold[0], sold[1]), 3);
        ASSERT_EQ(seats_left(trip), std::to_string(3 - sold[0]) + "," + std::to_string(3 - sold[1]));
    }
}

TEST_F(Race, OnePassengerForTwoTripsAtTheSameTime) {
    const UserId amina = add_user("Amina"), first = add_driver("Ahmed"), second = add_driver("Brahim");
    for (int round = 0; round < scaled(10); ++round) {
        const auto departs_in = 24h * (2 + round);
        const TripId a = add_trip(first, {.departs_in = departs_in}), b = add_trip(second, {.departs_in = departs_in});
        const auto answers = book_all({{amina, a, {}}, {amina, b, {}}});
        ASSERT_NE(answers[0]->has_value(), answers[1]->has_value());
        const bool first_won = answers[0]->has_value();
        EXPECT_EQ(code_of(first_won ? *answers[1] : *answers[0]), Code::overlapping_booking);
        EXPECT_EQ(seats_left(first_won ? b : a), "3,3");
    }
}

TEST_F(Race, TheSweeperAgainstTheMoney) {
    const UserId driver = add_driver("Ahmed"), amina = add_user("Amina");
    for (int round = 0; round < scaled(10); ++round) {
        const TripId trip = add_trip(driver, {.seats = 1, .departs_in = 24h * (2 + round)});
        const auto unpaid = book(amina, trip, {.method = Method::sandbox});
        ASSERT_TRUE(unpaid);
        clock_.advance(30min);
        testing::run_all(sweeper_and_money(unpaid->id));
        ASSERT_EQ(status(unpaid->id), "confirmed");  // if swept before, it takes the free seat again
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
        const auto answers = book_all({{karim, trip, {}}}, sweeper_and_money(unpaid->id));
        const bool kept = status(unpaid->id) == "confirmed";
        ASSERT_NE(kept, answers[0]->has_value());
        ASSERT_EQ(payment_status(unpaid->id), kept ? "hold" : "cancelled");
        ASSERT_EQ(payments_.releases[unpaid->id], kept ? 0 : 1);
        ASSERT_EQ(seats_left(trip), "0,0");
    }
}

constexpr db::Statement lock_user{"test_lock_user", "select id from users where id = $1 for no key update"};
constexpr db::Statement take_user{"test_take_user", "select id from users where id = $1 for no key update skip locked"};
constexpr db::Statement count_waiting{"test_waiting", R"(
    select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"};

// Two people who drive each other: profiles are locked in the same order everywhere.
class PeopleInOrder : public Race {
protected:
    const UserId one_ = add_driver("Ahmed"), other_ = add_driver("Brahim");
    const UserId first_ = std::min(one_, other_), last_ = std::max(one_, other_);

    using Follow = Task<void> (BookingTripListener::*)(db::Transaction&, const trips::Trip&);

    // Whether `last_` was still free while the end of the trip waited for `first_`.
    bool waits_in_order(TripId trip, Follow follow) {
        testing::Gate locked(2);
        bool ended = false, free = false;
        std::vector<Task<void>> tasks;
        tasks.push_back(hold_first(locked, ended, free));
        tasks.push_back(end_trip(locked, trip, follow, ended));
        testing::run_all(std::move(tasks));
        return free;
    }

private:
    Task<void> hold_first(testing::Gate& locked, const bool& ended, bool& free) {
        db::Transaction tx = co_await db_.begin();
        co_await tx.query(lock_user, first_);
        co_await locked.pass();
        bool waiting = false;
        while (!ended && !waiting) waiting = (co_await db_.query(count_waiting))[0].get<std::int64_t>(0) == 1;
        free = waiting && (co_await tx.query(take_user, last_)).size() == 1;
        co_await tx.rollback();
    }
    Task<void> end_trip(testing::Gate& locked, TripId trip, Follow follow, bool& ended) {
        co_await locked.pass();
        co_await db_.transact<Nothing>([this, trip, follow](db::Transaction& tx) { return end_in(tx, trip, follow); });
        ended = true;
    }
    Task<Result<Nothing>> end_in(db::Transaction& tx, TripId id, Follow follow) {
        const auto trip = co_await seats_.lock(tx, id);
        co_await (trips_.*follow)(tx, *trip);
        co_return Nothing{};
    }
};

TEST_F(PeopleInOrder, WhenARideEnds) {
    const TripId trip = add_trip(first_);
    confirmed(last_, trip);
    EXPECT_TRUE(waits_in_order(trip, &BookingTripListener::completed));
    EXPECT_EQ(counter(last_, "trips_travelled"), 1);
}

TEST_F(PeopleInOrder, WhenARideStartsAndRequestsExpire) {
    const TripId trip = add_trip(last_, {.mode = trips::BookingMode::approval});
    ASSERT_TRUE(book(first_, trip));
    EXPECT_TRUE(waits_in_order(trip, &BookingTripListener::started))
        << "the same transaction may go on to the ride's end";
    EXPECT_EQ(counter(last_, "ignored_requests"), 1);
}

}  // namespace
}  // namespace safargo::bookings
