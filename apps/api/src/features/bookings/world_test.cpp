#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

constexpr db::Statement insert_user{"test_user_insert", R"(
    insert into users (id, phone, name, gender, gender_confirmed_at, created_at)
    values ($1, $2, $3, $4, case when $4::text is null then null else $5::timestamptz end, $5))"};

constexpr db::Statement insert_driver{"test_driver_insert", R"(
    insert into drivers (user_id, licence_number, licence_expires_on, created_at) values ($1, $2, '2031-01-01', $3))"};

constexpr db::Statement insert_vehicle{"test_vehicle_insert", R"(
    insert into vehicles (id, driver_id, make, model, year, colour, seats, plate, fuel, created_at)
    values ($1, $2, 'Renault', 'Symbol', 2019, 'white', 8, $3, 'petrol', $4))"};

constexpr db::Statement insert_trip{"test_trip_insert", R"(
    insert into trips (id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat,
        destination_lng, date_time, arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes, stop_times,
        stop_prices, seats, leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, max_two_back, women_only,
        distance_m, duration_s, polyline, created_at)
    values ($1, $2, $3, $3::text, $4, 36.7538, 3.0588, 35.6971, -0.6308, $5, $6, $7, '{36.7538,36.1652,35.6971}',
        '{3.0588,1.3345,-0.6308}', '{Alger,Chlef,Oran}', '{"","",""}', $8, '{0,700,1500}', $9, $10, $11, false, false,
        true, 'normal', 'medium', false, $12, 430000, 18000, '', $13))"};

// Identifiers that no other row has.
std::string unlike_others() {
    static int number = 0;
    return std::to_string(++number);
}

Task<Result<Nothing>> set_status(db::Transaction& tx, TripId trip, std::string status) {
    static constexpr db::Statement statement{"test_trip_status", R"(
        update trips set status = $2,
            started_at = case when $2 in ('in_progress', 'completed') then coalesce(started_at, date_time)
                else started_at end
        where id = $1)"};
    co_await tx.query(statement, trip, std::move(status));
    co_return Nothing{};
}

// Runs `follow` with the trip as it is after its change of status.
template <class Follow>
Task<Result<Nothing>> change_trip(db::Transaction& tx, trips::Seats& seats, TripId id, std::string status,
                                  Follow follow) {
    co_await seats.lock(tx, id);
    co_await set_status(tx, id, std::move(status));
    const auto trip = co_await seats.find(tx, id);
    co_await follow(tx, *trip);
    co_return Nothing{};
}

}  // namespace

UserId World::add_user(const std::string& name, const std::string& gender) {
    const UserId id = UserId::make(clock_.now());
    std::optional<std::string> known;
    if (!gender.empty()) known = gender;
    testing::run(db_.query(insert_user, id, "+2135" + unlike_others(), name, known, clock_.now()));
    return id;
}

UserId World::add_driver(const std::string& name) {
    const UserId id = add_user(name);
    testing::run(db_.query(insert_driver, id, "DZ" + unlike_others(), clock_.now()));
    return id;
}

TripId World::add_trip(UserId driver, TripWish wish) {
    const Instant now = clock_.now(), departure = now + wish.departs_in;
    const TripId id = TripId::make(now);
    const VehicleId vehicle = VehicleId::make(now);
    testing::run(db_.query(insert_vehicle, vehicle, driver, unlike_others(), now));
    testing::run(db_.query(insert_trip, id, driver, vehicle, contract::enum_name(wish.status), departure,
                           departure + 5h, LocalDate::of(departure),
                           std::vector<Instant>{departure, departure + 2h, departure + 5h}, wish.seats,
                           std::vector<std::int16_t>(2, static_cast<std::int16_t>(wish.seats)),
                           contract::enum_name(wish.mode), wish.women_only, now));
    return id;
}

Task<Result<BookingView>> World::try_book(UserId passenger, TripId trip, Wish wish) {
    BookSeats wanted{.trip_id = trip,
                     .from_stop = StopIndex::from(wish.from).value(),
                     .to_stop = StopIndex::from(wish.to).value(),
                     .seats = SeatCount::from(wish.seats).value(),
                     .payment_method = wish.method,
                     .message = std::nullopt};
    return db_.transact<BookingView>(
        [this, passenger, wanted](db::Transaction& tx) { return bookings_.book(tx, as(passenger), wanted); });
}

Result<BookingView> World::book(UserId passenger, TripId trip, Wish wish) {
    return testing::run(try_book(passenger, trip, wish));
}

Result<BookingView> World::book_online(UserId passenger, TripId trip) {
    auto booked = book(passenger, trip, {.method = payments::Method::sandbox});
    if (!booked) return booked;
    return testing::run(bookings_.hold_now(as(passenger), *booked));
}

BookingId World::confirmed(UserId passenger, TripId trip, payments::Method method) {
    const auto booked = method == payments::Method::cash ? book(passenger, trip) : book_online(passenger, trip);
    EXPECT_TRUE(booked);
    EXPECT_EQ(status(booked->id), "confirmed");
    return booked->id;
}

Result<BookingView> World::act(Action action, Caller caller, BookingId booking) {
    return testing::run(
        db_.transact<BookingView>([=, this](db::Transaction& tx) { return (bookings_.*action)(tx, caller, booking); }));
}

Result<BookingView> World::board(UserId driver, BookingId booking, Board proof) {
    return testing::run(db_.transact<BookingView>(
        [=, this](db::Transaction& tx) { return bookings_.board(tx, as(driver), booking, proof); }));
}

void World::start(TripId trip) {
    testing::run(db_.transact<Nothing>([this, trip](db::Transaction& tx) {
        return change_trip(tx, seats_, trip, "in_progress",
                           [this](db::Transaction& same, const trips::Trip& now) { return trips_.started(same, now); });
    }));
}

void World::complete(TripId trip) {
    testing::run(db_.transact<Nothing>([this, trip](db::Transaction& tx) {
        return change_trip(tx, seats_, trip, "completed", [this](db::Transaction& same, const trips::Trip& now) {
            return trips_.completed(same, now);
        });
    }));
}

namespace {
// As trips do it.
Task<void> call_off(db::Transaction& tx, trips::TripListener& bookings, const trips::Trip& trip, trips::CancelledBy by,
                    Instant now) {
    co_await bookings.cancelled(tx, trip, by);
    trips::announce_cancellation(tx, trip, by, now);
}
}  // namespace

void World::cancel(TripId trip, trips::CancelledBy by) {
    testing::run(db_.transact<Nothing>([this, trip, by](db::Transaction& tx) {
        return change_trip(tx, seats_, trip, "cancelled", [this, by](db::Transaction& same, const trips::Trip& row) {
            return call_off(same, trips_, row, by, clock_.now());
        });
    }));
}

namespace {
Task<Result<Nothing>> lock_payable(db::Transaction& tx, payments::PaymentListener& listener, BookingId booking,
                                   std::optional<payments::PayableBooking>& found) {
    found = co_await listener.lock(tx, booking);
    co_return Nothing{};
}
}  // namespace

std::optional<payments::PayableBooking> World::payable(BookingId booking) {
    std::optional<payments::PayableBooking> found;
    testing::run(db_.transact<Nothing>([&](db::Transaction& tx) {
        return lock_payable(tx, money_, booking, found);
    })).value();
    return found;
}

std::string World::payment_status(BookingId booking) {
    return text("select status from payments where booking_id = $1", booking.value);
}

std::string World::seats_left(TripId trip) {
    return text("select array_to_string(leg_seats_left, ',') from trips where id = $1", trip.value);
}

std::string World::news(BookingId booking) {
    return text(R"(select coalesce(string_agg(payload::json ->> 'what', ' ' order by id), '') from outbox
                   where ordering_key = 'booking:' || $1::uuid and kind = 'booking.changed')",
                booking.value);
}

std::int64_t World::counter(UserId user, const std::string& column) {
    return std::stoll(text("select " + column + "::text from users where id = $1", user.value));
}

std::string World::text(std::string sql, Uuid id) {
    const db::Statement statement{"test_text", sql};
    return testing::run(db_.query(statement, id))[0].get<std::string>(0);
}

}  // namespace safargo::bookings
