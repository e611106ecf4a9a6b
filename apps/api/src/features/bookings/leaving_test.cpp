// A passenger deletes their account while booking: one of the two comes first, and the other is refused.
#include "features/bookings/booking_world_test.hpp"
#include "features/bookings/personal_data.hpp"
#include "features/users/service.hpp"
#include "testing/gate.hpp"

namespace safargo::bookings {
namespace {

constexpr db::Statement count_waiting{"test_waiting", R"(
    select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"};

class Leaving : public World {
protected:
    Task<Result<Nothing>> leave(db::Transaction& tx) { return users_.leave(tx, as(amina_)); }

    // Each ends its own transaction only when the other one waits for it or has ended.
    Task<void> leave_first(testing::Gate& left, const bool& booked) {
        db::Transaction tx = co_await db_.begin();
        left_ = co_await users_.leave(tx, as(amina_));
        co_await left.pass();
        co_await until_waited_for(booked);
        co_await tx.commit();
    }
    Task<void> book_second(testing::Gate& left, bool& booked) {
        co_await left.pass();
        booking_ = co_await try_book(amina_, trip_, {});
        booked = true;
    }
    Task<void> book_first(testing::Gate& ready, const bool& left) {
        db::Transaction tx = co_await db_.begin();
        const BookSeats wanted{.trip_id = trip_,
                               .from_stop = StopIndex::from(0).value(),
                               .to_stop = StopIndex::from(2).value(),
                               .seats = SeatCount::from(1).value(),
                               .payment_method = payments::Method::cash,
                               .message = std::nullopt};
        booking_ = co_await bookings_.book(tx, as(amina_), wanted);
        co_await ready.pass();
        co_await until_waited_for(left);
        co_await tx.commit();
    }
    Task<void> leave_second(testing::Gate& ready, bool& left) {
        co_await ready.pass();
        left_ = co_await db_.transact<Nothing>([this](db::Transaction& tx) { return leave(tx); });
        left = true;
    }
    Task<void> until_waited_for(const bool& over) {
        bool waiting = false;
        while (!over && !waiting) waiting = (co_await db_.query(count_waiting))[0].get<std::int64_t>(0) == 1;
        waited_ = waiting;
    }

    users::UserService users_{db_, clock_, {personal_data()}};
    UserId amina_ = add_user("Amina");
    TripId trip_ = add_trip(add_driver("Ahmed"));
    std::optional<Result<BookingView>> booking_;
    std::optional<Result<Nothing>> left_;
    bool waited_ = false;
};

TEST_F(Leaving, BeforeTheBooking) {
    testing::Gate left(2);
    bool booked = false;
    std::vector<Task<void>> both;
    both.push_back(leave_first(left, booked));
    both.push_back(book_second(left, booked));
    testing::run_all(std::move(both));
    EXPECT_TRUE(waited_);
    EXPECT_TRUE(left_->has_value());
    EXPECT_EQ(code_of(*booking_), Code::unauthenticated);
    EXPECT_EQ(seats_left(trip_), "3,3");
}

TEST_F(Leaving, AfterTheBooking) {
    testing::Gate ready(2);
    bool left = false;
    std::vector<Task<void>> both;
    both.push_back(book_first(ready, left));
    both.push_back(leave_second(ready, left));
    testing::run_all(std::move(both));
    EXPECT_TRUE(waited_);
    EXPECT_TRUE(booking_->has_value());
    EXPECT_EQ(left_->error().code, Code::illegal_transition);
    EXPECT_EQ(text("select status from users where id = $1", amina_.value), "active");
}

TEST_F(Leaving, OrASuspensionIsSeenByABookingAlreadyUnderWay) {
    const std::pair<const char*, Code> ends[] = {
        {"suspended", Code::account_suspended}, {"banned", Code::unauthenticated}, {"deleted", Code::unauthenticated}};
    for (const auto& [status, code] : ends) {
        database_.execute(std::string("update users set status = '") + status + "' where id = '" + amina_.str() + "'");
        EXPECT_EQ(code_of(book(amina_, trip_)), code) << status;
    }
    database_.execute("update users set status = 'active'");
    EXPECT_TRUE(book(amina_, trip_));
}

}  // namespace
}  // namespace safargo::bookings
