// No one drives and rides at the same time: whichever comes first, in every order of events, and when both come at
// once.
#include "features/bookings/booking_world_test.hpp"
#include "features/trips/repository.hpp"

#include <cstdlib>

namespace safargo::bookings {
namespace {

using payments::Method;
using trips::TripStatus;

class TwoCars : public World {
protected:
    // As publishing does: the driver's row, the trip's row, then the whole row is rewritten.
    Task<Result<Nothing>> publish_in(db::Transaction& tx, TripId id, std::chrono::minutes later) {
        static constexpr db::Statement lock_driver{
            "test_lock_driver",
            "select from drivers where user_id = (select driver_id from trips where id = $1) for no key update"};
        co_await tx.query(lock_driver, id);
        auto trip = co_await repository_.lock(tx, id);
        trip->status = TripStatus::open;
        for (trips::Stop& stop : trip->stops) stop.at += later;
        co_return co_await repository_.save(tx, std::move(*trip), clock_.now());
    }
    Task<Result<Nothing>> try_publish(TripId id, std::chrono::minutes later = 0min) {
        return db_.transact<Nothing>([this, id, later](db::Transaction& tx) { return publish_in(tx, id, later); });
    }
    std::optional<Code> publish(TripId id, std::chrono::minutes later = 0min) {
        const auto answer = testing::run(try_publish(id, later));
        if (answer) return std::nullopt;
        return answer.error().code;
    }
    // With its bookings, as an edit does.
    Task<Result<Nothing>> move_in(db::Transaction& tx, TripId id, std::chrono::minutes later) {
        const auto before = co_await repository_.lock(tx, id);
        trips::Trip after = *before;
        for (trips::Stop& stop : after.stops) stop.at += later;
        if (auto written = co_await repository_.save(tx, after, clock_.now()); !written) co_return written;
        co_return co_await trips_.edited(tx, *before, after);
    }
    // Ends what is active, so that no case affects the next.
    void forget() {
        database_.execute(
            "update bookings set status = 'expired' where status in ('requested', 'awaiting_payment', "
            "'confirmed', 'boarded'); update trips set status = 'cancelled' where status <> 'draft'");
    }
    TripId draft_of(UserId who, std::chrono::minutes departs_in = 24h * 5) {
        return add_trip(who, {.status = TripStatus::draft, .departs_in = departs_in});
    }

    trips::TripRepository repository_;
    const UserId karim_ = add_driver("Karim"), amina_ = add_driver("Amina");
};

TEST_F(TwoCars, ADriverCannotBookARideAtThatTime) {
    const TripId other = add_trip(karim_);
    for (const TripStatus mine : {TripStatus::open, TripStatus::in_progress}) {
        SCOPED_TRACE(contract::enum_name(mine));
        const TripId own = add_trip(amina_, {.status = mine, .departs_in = 24h * 5 + 4h});
        for (const Method method : {Method::cash, Method::sandbox}) {
            EXPECT_EQ(code_of(book(amina_, other, {.method = method})), Code::overlapping_trip);
        }
        EXPECT_TRUE(book(amina_, other, {.from = 0, .to = 1})) << "the first ride ends before the other leaves";
        EXPECT_EQ(seats_left(other), "2,3");
        database_.execute(
            "update bookings set status = 'expired'; update trips set status = 'cancelled', "
            "leg_seats_left = '{3,3}' where id = '" +
            own.str() + "'");
        database_.execute("update trips set leg_seats_left = '{3,3}'");
    }
    for (const TripStatus over : {TripStatus::draft, TripStatus::completed, TripStatus::cancelled}) {
        add_trip(amina_, {.status = over});
    }
    EXPECT_TRUE(book(amina_, other));
}

TEST_F(TwoCars, APassengerCannotPublishATripAtThatTime) {
    const TripId other = add_trip(karim_, {.mode = trips::BookingMode::approval});
    const TripId own = draft_of(amina_);
    const BookingId id = book(amina_, other, {.method = Method::sandbox})->id;
    EXPECT_EQ(publish(own), Code::overlapping_booking) << "asked for";
    ASSERT_TRUE(act(&BookingService::accept, as(karim_), id));
    EXPECT_EQ(publish(own), Code::overlapping_booking) << "accepted";
    testing::run(payments_.held(id));
    ASSERT_EQ(status(id), "confirmed");
    EXPECT_EQ(publish(own), Code::overlapping_booking) << "paid";
    ASSERT_TRUE(act(&BookingService::cancel, as(amina_), id));
    EXPECT_EQ(publish(own), std::nullopt);
}

TEST_F(TwoCars, AnOverdueHoldDoesNotBlockPublishingOrEditing) {
    const BookingId id = book(amina_, add_trip(karim_), {.method = Method::sandbox})->id;
    const TripId own = draft_of(amina_);
    clock_.advance(30min - 1us);
    EXPECT_EQ(publish(own), Code::overlapping_booking);
    clock_.advance(1us);
    EXPECT_EQ(publish(own), std::nullopt);
    EXPECT_EQ(publish(own, 10min), std::nullopt);
    EXPECT_EQ(status(id), "awaiting_payment") << "it has not been swept";
    testing::run(payments_.held(id));
    EXPECT_EQ(status(id), "expired") << "a payment that comes now goes back";
    EXPECT_EQ(payments_.releases[id], 1);
}

TEST_F(TwoCars, AdjacentTimesDoNotOverlap) {
    ASSERT_TRUE(book(amina_, add_trip(karim_)));
    EXPECT_EQ(publish(draft_of(amina_, 24h * 5 + 5h)), std::nullopt) << "leaves when they arrive";
    EXPECT_EQ(publish(draft_of(amina_, 24h * 5 - 5h)), std::nullopt) << "arrives when they leave";
    forget();
    add_trip(amina_, {.departs_in = 24h * 9});
    EXPECT_EQ(code_of(book(amina_, add_trip(add_driver("Brahim"), {.departs_in = 24h * 9 + 4h + 59min}))),
              Code::overlapping_trip);
    EXPECT_TRUE(book(amina_, add_trip(karim_, {.departs_in = 24h * 9 + 5h})));
    EXPECT_TRUE(book(amina_, add_trip(karim_, {.departs_in = 24h * 9 - 5h})));
}

TEST_F(TwoCars, ATripMayNotMoveOntoARide) {
    ASSERT_TRUE(book(amina_, add_trip(karim_)));
    const TripId own = draft_of(amina_, 24h * 5 + 6h);
    ASSERT_EQ(publish(own), std::nullopt);
    EXPECT_EQ(publish(own, -2h), Code::overlapping_booking);
    EXPECT_EQ(publish(own, -1h), std::nullopt);
    EXPECT_EQ(publish(own, 0min), std::nullopt);
}

TEST_F(TwoCars, ARideMayNotMoveOntoATripOfItsPassenger) {
    const TripId other = add_trip(karim_);
    const BookingId id = book(amina_, other)->id;
    add_trip(amina_, {.departs_in = 24h * 5 + 5h + 5min});
    const auto moved = [&](std::chrono::minutes by) {
        return testing::run(
            db_.transact<Nothing>([this, other, by](db::Transaction& tx) { return move_in(tx, other, by); }));
    };
    EXPECT_TRUE(moved(5min));
    const auto refused = moved(1min);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::seats_sold);
    EXPECT_EQ(status(id), "confirmed");
}

TEST_F(TwoCars, ALatePaymentTakesNoSeatBesideThePassengersOwnTrip) {
    const TripId other = add_trip(karim_);
    const BookingId late = book(amina_, other, {.method = Method::sandbox})->id;
    clock_.advance(30min);
    testing::run(overdue_.expire_all(clock_.now()));
    ASSERT_EQ(publish(draft_of(amina_)), std::nullopt);
    testing::run(payments_.held(late));
    EXPECT_EQ(status(late), "expired");
    EXPECT_EQ(payments_.releases[late], 1) << "the money goes back";
    EXPECT_EQ(seats_left(other), "3,3");
}

TEST_F(TwoCars, APublicationAndABookingAtOnceExcludeEachOther) {
    const char* scale = std::getenv("SAFARGO_TEST_SCALE");
    const int rounds = 12 * (scale == nullptr ? 1 : std::max(1, std::atoi(scale)));
    for (int round = 0; round < rounds; ++round) {
        const auto departs_in = 24h * (2 + round);
        const TripId other = add_trip(karim_, {.departs_in = departs_in}), own = draft_of(amina_, departs_in);
        std::optional<Result<BookingView>> booked;
        std::optional<Result<Nothing>> published;
        std::vector<Task<void>> tasks;
        const Method method = round % 2 == 0 ? Method::cash : Method::sandbox;
        tasks.push_back(testing::keep_answer(try_book(amina_, other, {.method = method}), booked));
        tasks.push_back(testing::keep_answer(try_publish(own), published));
        testing::run_all(std::move(tasks));
        ASSERT_NE(booked->has_value(), published->has_value()) << "round " << round;
        if (*booked) {
            EXPECT_EQ(published->error().code, Code::overlapping_booking);
        } else {
            EXPECT_EQ(booked->error().code, Code::overlapping_trip);
        }
    }
}

TEST_F(TwoCars, APublicationAndALatePaymentAtOnceExcludeEachOther) {
    for (int round = 0; round < 8; ++round) {
        const auto departs_in = 24h * (2 + round);
        const TripId other = add_trip(karim_, {.departs_in = departs_in}), own = draft_of(amina_, departs_in);
        const BookingId late = book(amina_, other, {.method = Method::sandbox})->id;
        clock_.advance(30min);
        testing::run(overdue_.expire_all(clock_.now()));
        std::optional<Result<Nothing>> published;
        std::vector<Task<void>> tasks;
        tasks.push_back(payments_.held(late));
        tasks.push_back(testing::keep_answer(try_publish(own), published));
        testing::run_all(std::move(tasks));
        ASSERT_NE(status(late) == "confirmed", published->has_value()) << "round " << round;
    }
}

// Two people who drive each other, at adjacent times: no deadlock.
TEST_F(TwoCars, TwoPeopleWhoDriveEachOtherMayBothMove) {
    const TripId aminas = draft_of(amina_, 24h * 5), karims = draft_of(karim_, 24h * 6);
    ASSERT_EQ(publish(aminas), std::nullopt);
    ASSERT_EQ(publish(karims), std::nullopt);
    ASSERT_TRUE(book(karim_, aminas));
    ASSERT_TRUE(book(amina_, karims));
    std::optional<Result<Nothing>> one, other;
    std::vector<Task<void>> tasks;
    tasks.push_back(testing::keep_answer(try_publish(aminas, 5min), one));
    tasks.push_back(testing::keep_answer(try_publish(karims, 5min), other));
    testing::run_all(std::move(tasks));
    EXPECT_TRUE(*one);
    EXPECT_TRUE(*other);
}

}  // namespace
}  // namespace safargo::bookings
