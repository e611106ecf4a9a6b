#include "features/bookings/rules.hpp"

#include <gtest/gtest.h>

namespace safargo::bookings {
namespace {

using namespace std::chrono_literals;
using trips::TripStatus;

const Instant departure = parse_instant("2026-12-03T07:00:00Z").value();
const Instant now = departure - 24h;

template <class Tag>
Id<Tag> id(std::uint8_t last) {
    Id<Tag> made;
    made.value.bytes[15] = last;
    return made;
}
const UserId driver = id<UserTag>(1), woman = id<UserTag>(2), man = id<UserTag>(3);

trips::Trip alger_chlef_oran() {
    trips::Trip trip;
    trip.id = id<TripTag>(9);
    trip.driver = driver;
    trip.status = TripStatus::open;
    trip.stops = {{.where = {}, .label = "Alger", .commune_id = "", .at = departure, .price = {0}},
                  {.where = {}, .label = "Chlef", .commune_id = "", .at = departure + 2h, .price = {700}},
                  {.where = {}, .label = "Oran", .commune_id = "", .at = departure + 5h, .price = {1500}}};
    trip.seats = 3;
    trip.leg_seats_left = {3, 3};
    return trip;
}

BookSeats seats(std::int64_t from, std::int64_t to, std::int64_t count = 1,
                payments::Method method = payments::Method::cash) {
    return {.trip_id = id<TripTag>(9),
            .from_stop = StopIndex::from(from).value(),
            .to_stop = StopIndex::from(to).value(),
            .seats = SeatCount::from(count).value(),
            .payment_method = method,
            .message = std::nullopt};
}

std::optional<Code> refused(const trips::Trip& trip, const Passenger& passenger, const BookSeats& wanted,
                            Instant at = now) {
    const auto error = refusal(trip, passenger, wanted, at);
    return error ? std::optional(error->code) : std::nullopt;
}

TEST(BookedPlaces, AreThoseOfTheStopsWhateverTheirNumber) {
    auto trip = alger_chlef_oran();
    for (std::size_t i = 0; i < 3; ++i) trip.stops[i].where = {36.0 - static_cast<double>(i), 3.0};
    const Booking booking = make_booking(trip, man, seats(1, 2), now);
    EXPECT_TRUE(is_where_booked(booking, trip));
    trip.stops[0].where = {36.5, 3.0};  // before they get on
    trip.stops[2].label = "Oran, gare";
    EXPECT_TRUE(is_where_booked(booking, trip));
    trip.stops[2].where = {34.0, 3.1};
    EXPECT_FALSE(is_where_booked(booking, trip));
    trip.stops.pop_back();
    EXPECT_FALSE(is_where_booked(booking, trip));
    EXPECT_FALSE(is_where_booked(Booking{}, alger_chlef_oran())) << "unknown";
}

TEST(BookingRefusal, LetsAPassengerBookAnOpenTrip) {
    EXPECT_EQ(refused(alger_chlef_oran(), {man}, seats(0, 2)), std::nullopt);
}

TEST(BookingRefusal, RefusesDriversOnTheirOwnTrip) {
    auto trip = alger_chlef_oran();
    EXPECT_EQ(refused(trip, {driver}, seats(0, 2)), Code::own_trip);
    trip.preferences.women_only = true;
    EXPECT_EQ(refused(trip, {driver}, seats(0, 2)), Code::own_trip);
    trip.status = TripStatus::draft;
    EXPECT_EQ(refused(trip, {driver}, seats(0, 2)), Code::own_trip);
}

TEST(BookingRefusal, ShowsADraftToNoOne) {
    auto trip = alger_chlef_oran();
    trip.status = TripStatus::draft;
    EXPECT_EQ(refused(trip, {man}, seats(0, 2)), Code::not_found);
}

TEST(BookingRefusal, ShowsAWomenOnlyTripToConfirmedWomenOnly) {
    auto trip = alger_chlef_oran();
    trip.preferences.women_only = true;
    EXPECT_EQ(refused(trip, {man}, seats(0, 2)), Code::not_found);
    EXPECT_EQ(refused(trip, {woman, true}, seats(0, 2)), std::nullopt);
    trip.status = TripStatus::cancelled;  // a hidden trip stays hidden
    EXPECT_EQ(refused(trip, {man}, seats(0, 2)), Code::not_found);
}

TEST(BookingRefusal, TellsACancelledTripFromOneThatLeft) {
    auto trip = alger_chlef_oran();
    trip.status = TripStatus::cancelled;
    EXPECT_EQ(refused(trip, {man}, seats(0, 2)), Code::trip_not_open);
    trip.status = TripStatus::in_progress;
    EXPECT_EQ(refused(trip, {man}, seats(1, 2)), Code::trip_departed);
    trip.status = TripStatus::completed;
    EXPECT_EQ(refused(trip, {man}, seats(0, 2)), Code::trip_departed);
}

TEST(BookingRefusal, LooksAtTheTimeOfThePickupNotOfTheFirstStop) {
    const auto trip = alger_chlef_oran();
    EXPECT_EQ(refused(trip, {man}, seats(0, 1), departure - 1us), std::nullopt);
    EXPECT_EQ(refused(trip, {man}, seats(0, 1), departure), Code::trip_departed);
    EXPECT_EQ(refused(trip, {man}, seats(1, 2), departure + 1h), std::nullopt);
    EXPECT_EQ(refused(trip, {man}, seats(1, 2), departure + 2h), Code::trip_departed);
}

TEST(BookingRefusal, NamesTheStopThatDoesNotFit) {
    const auto trip = alger_chlef_oran();
    for (const auto& [from, to] : {std::pair{0, 3}, {2, 9}, {1, 1}, {2, 1}, {2, 0}}) {
        const auto error = refusal(trip, {man}, seats(from, to), now);
        ASSERT_TRUE(error) << from << " to " << to;
        EXPECT_EQ(error->code, Code::validation_failed);
        ASSERT_EQ(error->fields.size(), 1U);
        EXPECT_EQ(error->fields[0].field, "to_stop");
    }
}

TEST(BookingDeadlines, AreShortenedToHalfTheTimeLeft) {
    EXPECT_EQ(decision_deadline(departure, departure - 24h), departure - 21h);
    EXPECT_EQ(decision_deadline(departure, departure - 6h), departure - 3h);
    EXPECT_EQ(decision_deadline(departure, departure - 2h), departure - 1h);
    EXPECT_EQ(payment_deadline(departure, departure - 2h), departure - 90min);
    EXPECT_EQ(payment_deadline(departure, departure - 1h), departure - 30min);
    EXPECT_EQ(payment_deadline(departure, departure - 10min), departure - 5min);
    EXPECT_EQ(payment_deadline(departure, departure + 1h), departure + 1h);
}

TEST(NewBooking, CountsThePriceOfThePartForAllSeats) {
    const Booking cash = make_booking(alger_chlef_oran(), man, seats(1, 2, 3), now);
    EXPECT_EQ(cash.price, Dinars{2400});
    EXPECT_EQ(cash.service_fee, Dinars{0});
    EXPECT_EQ(cash.pickup_at, departure + 2h);
    EXPECT_EQ(cash.dropoff_at, departure + 5h);
    const Booking online = make_booking(alger_chlef_oran(), man, seats(0, 1, 1, payments::Method::sandbox), now);
    EXPECT_EQ(online.price, Dinars{700});
    EXPECT_EQ(online.service_fee, Dinars{35});
}

// A form sends "" for an empty field.
TEST(NewBooking, HasNoMessageWhenItIsBlank) {
    BookSeats wanted = seats(0, 2);
    wanted.message = Text<300, 0>::parse(" \n").value();
    EXPECT_EQ(make_booking(alger_chlef_oran(), man, wanted, now).message, std::nullopt);
    wanted.message = Text<300, 0>::parse(" Bonjour ").value();
    EXPECT_EQ(make_booking(alger_chlef_oran(), man, wanted, now).message, "Bonjour");
}

TEST(NewBooking, BeginsInTheStateOfItsModeAndMethod) {
    auto trip = alger_chlef_oran();
    const Booking cash = make_booking(trip, man, seats(0, 2), now);
    EXPECT_EQ(cash.status, BookingStatus::confirmed);
    EXPECT_EQ(cash.confirmed_at, now);
    EXPECT_EQ(cash.expires_at, std::nullopt);

    const Booking online = make_booking(trip, man, seats(0, 2, 1, payments::Method::sandbox), now);
    EXPECT_EQ(online.status, BookingStatus::awaiting_payment);
    EXPECT_EQ(online.expires_at, now + 30min);

    trip.booking_mode = trips::BookingMode::approval;
    const Booking request = make_booking(trip, man, seats(1, 2), now);
    EXPECT_EQ(request.status, BookingStatus::requested);
    EXPECT_EQ(request.expires_at, now + 3h);
}

TEST(BookingTransitions, RecordTheirTime) {
    auto trip = alger_chlef_oran();
    trip.booking_mode = trips::BookingMode::approval;
    Booking booking = make_booking(trip, man, seats(0, 2, 1, payments::Method::sandbox), now);
    ASSERT_TRUE(apply(booking, BookingEvent::accept_unpaid, now + 1h));
    EXPECT_EQ(booking.accepted_at, now + 1h);
    EXPECT_EQ(booking.expires_at, now + 90min);
    ASSERT_TRUE(apply(booking, BookingEvent::confirm, now + 70min));
    EXPECT_EQ(booking.accepted_at, now + 1h);
    EXPECT_EQ(booking.confirmed_at, now + 70min);
    EXPECT_EQ(booking.expires_at, std::nullopt);
    ASSERT_TRUE(apply(booking, BookingEvent::board, departure));
    EXPECT_EQ(booking.boarded_at, departure);
    ASSERT_TRUE(apply(booking, BookingEvent::complete, departure + 5h));
    EXPECT_EQ(booking.completed_at, departure + 5h);
    ASSERT_TRUE(apply(booking, BookingEvent::settle, departure + 6h));
    EXPECT_EQ(booking.settled_at, departure + 6h);
    EXPECT_EQ(booking.ended_at, std::nullopt);
}

TEST(BookingTransitions, LeaveTheRowAloneWhenIllegal) {
    Booking booking = make_booking(alger_chlef_oran(), man, seats(0, 2), now);
    const auto refused_move = apply(booking, BookingEvent::decline, now + 1h);
    ASSERT_FALSE(refused_move);
    EXPECT_EQ(refused_move.error().code, Code::illegal_transition);
    EXPECT_EQ(booking.status, BookingStatus::confirmed);
    EXPECT_EQ(booking.ended_at, std::nullopt);
}

TEST(BookingTransitions, EndAndRevive) {
    Booking booking = make_booking(alger_chlef_oran(), man, seats(0, 2, 1, payments::Method::sandbox), now);
    EXPECT_FALSE(booking.is_overdue(now + 30min - 1us));
    EXPECT_TRUE(booking.is_overdue(now + 30min));
    ASSERT_TRUE(apply(booking, BookingEvent::expire, now + 30min));
    EXPECT_FALSE(booking.is_overdue(now + 31min));
    EXPECT_EQ(booking.ended_at, now + 30min);
    ASSERT_TRUE(apply(booking, BookingEvent::revive, now + 40min));
    EXPECT_EQ(booking.status, BookingStatus::confirmed);
    EXPECT_EQ(booking.ended_at, std::nullopt);
    EXPECT_EQ(booking.confirmed_at, now + 40min);
}

}  // namespace
}  // namespace safargo::bookings
