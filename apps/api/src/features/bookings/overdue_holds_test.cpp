#include "core/metrics.hpp"
#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;
using trips::BookingMode;

class OverdueHoldsTest : public World {
protected:
    BookingId unpaid(TripId trip) { return book(add_user("Amina"), trip, {.method = Method::sandbox}).value().id; }
    int expire_at(Instant when) { return testing::run(overdue_.expire_all(when)); }
    // No booking of the trip can be processed.
    void break_trip(TripId trip) {
        database_.execute("update trips set stop_labels = '{Alger,null,Oran}' where id = '" + trip.str() + "'");
    }
    void copy_booking(BookingId booking, int times) {
        const std::string copies = std::to_string(times);
        database_.execute(R"(
            insert into users (id, email, name, created_at)
                select gen_random_uuid(), 'copy' || n, 'A', now() from generate_series(1, )" +
                          copies + R"() n;
            insert into bookings select (jsonb_populate_record(b, jsonb_build_object(
                'id', gen_random_uuid(), 'user_id', u.id))).*
            from bookings b, users u where u.email like 'copy%' and b.id = ')" +
                          booking.str() + "'");
    }
};

TEST_F(OverdueHoldsTest, GiveTheirSeatsBackAtTheirDeadline) {
    const UserId driver = add_driver("Ahmed Benali");
    const TripId trip = add_trip(driver), strict = add_trip(add_driver("Brahim"), {.mode = BookingMode::approval});
    const UserId amina = add_user("Amina Kaci");
    const BookingId unpaid = book(amina, trip, {.method = Method::sandbox})->id;
    const BookingId sure = confirmed(add_user("Karim"), trip);
    const BookingId asked = book(add_user("Lila"), strict)->id;

    EXPECT_EQ(testing::run(overdue_.expire_all(clock_.now() + 30min - 1us)), 0);
    EXPECT_EQ(testing::run(overdue_.expire_all(clock_.now() + 30min)), 1);
    EXPECT_EQ(status(unpaid), "expired");
    EXPECT_EQ(payment_status(unpaid), "cancelled");
    EXPECT_EQ(status(asked), "requested");
    EXPECT_EQ(testing::run(overdue_.expire_all(clock_.now() + 3h)), 1);
    EXPECT_EQ(status(asked), "expired");
    EXPECT_EQ(status(sure), "confirmed");
    EXPECT_EQ(testing::run(overdue_.expire_all(clock_.now() + 100h)), 0);
    EXPECT_EQ(seats_left(trip), "2,2");
    EXPECT_EQ(seats_left(strict), "3,3");
    EXPECT_EQ(counter(driver, "ignored_requests"), 0);  // an unpaid booking is not an ignored request
}

TEST_F(OverdueHoldsTest, AreAnsweredForPickupsCloseAhead) {
    const TripId trip = add_trip(add_driver("Ahmed"), {.departs_in = 20min});
    const auto unpaid = book(add_user("Amina"), trip, {.method = Method::sandbox});
    EXPECT_EQ(unpaid->expires_at, clock_.now() + 10min);
    const auto from_chlef = book(add_user("Karim"), trip, {.from = 1, .to = 2, .method = Method::sandbox});
    EXPECT_EQ(from_chlef->expires_at, clock_.now() + 30min);
}

TEST_F(OverdueHoldsTest, DoNotWaitForOneThatIsLocked) {
    const TripId busy = add_trip(add_driver("Ahmed")), idle = add_trip(add_driver("Brahim"));
    const BookingId first = unpaid(busy);
    clock_.advance(1s);
    const BookingId second = unpaid(idle);
    static constexpr db::Statement lock{"test_lock", "select id from trips where id = $1 for update"};
    db::Transaction somebody = testing::run(db_.begin());
    testing::run(somebody.query(lock, busy));

    EXPECT_EQ(expire_at(clock_.now() + 30min), 1);
    EXPECT_EQ(status(first), "awaiting_payment");
    EXPECT_EQ(status(second), "expired");
    testing::run(somebody.rollback());
    EXPECT_EQ(expire_at(clock_.now() + 30min), 1);
    EXPECT_EQ(status(first), "expired");
}

TEST_F(OverdueHoldsTest, GoOnBeyondAnyNumberThatFails) {
    const TripId broken = add_trip(add_driver("Ahmed"), {.seats = 8}), good = add_trip(add_driver("Brahim"));
    const BookingId bad = unpaid(broken);
    copy_booking(bad, 120);
    break_trip(broken);
    clock_.advance(1s);
    const BookingId last = unpaid(good);

    EXPECT_EQ(expire_at(clock_.now() + 30min), 1);
    EXPECT_EQ(status(last), "expired");
    EXPECT_EQ(status(bad), "awaiting_payment");
    EXPECT_NE(metrics::render().find("safargo_sweep_failures_total{event=\"hold_not_expired\"} 121"),
              std::string::npos);
}

TEST_F(OverdueHoldsTest, AllExpireInOneGo) {
    const TripId trip = add_trip(add_driver("Ahmed"), {.seats = 1});
    copy_booking(unpaid(trip), 149);
    database_.execute(R"(
        insert into payments (id, booking_id, passenger_id, driver_id, method, status, price, service_fee, amount,
                              created_at)
            select gen_random_uuid(), id, user_id, driver_id, 'sandbox', 'intent', price, service_fee,
                   price + service_fee, now() from bookings on conflict do nothing;
        alter table trips drop constraint trips_never_oversold)");  // the copies took no seats
    EXPECT_EQ(expire_at(clock_.now() + 30min), 150);
    EXPECT_EQ(expire_at(clock_.now() + 30min), 0);
}

}  // namespace
}  // namespace safargo::bookings
