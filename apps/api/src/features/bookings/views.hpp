// Bookings as people see them.
#pragma once

#include "features/bookings/boarding.hpp"
#include "features/bookings/dispute_view.hpp"
#include "features/trips/types.hpp"
#include "features/users/types.hpp"

#include <optional>
#include <string>
#include <vector>

namespace safargo::bookings {

// Who wants to come along, for the driver.
struct PassengerCard {
    UserId id;
    PersonName name;
    std::optional<double> rating;
    std::int64_t reviews = 0;
    bool verified = false;
    std::int64_t trips = 0;  // travelled
};
BOOST_DESCRIBE_STRUCT(PassengerCard, (), (id, name, rating, reviews, verified, trips))

struct BoardingView {
    std::string pin, token;
};
BOOST_DESCRIBE_STRUCT(BoardingView, (), (pin, token))

// Seats, price, fee and total are of the seats that it has now. What the passenger pays in the end is payment.amount
// less payment.due_back: of seats given back the fee and a share of the price may stay.
struct BookingView {
    BookingId id;
    BookingStatus status;
    TripId trip_id;
    trips::TripStatus trip_status;
    std::int64_t from_stop, to_stop;
    std::string from_label, to_label;
    Instant pickup_at, dropoff_at;
    std::int64_t seats;
    Dinars price, service_fee, total;
    std::string currency;
    payments::PaymentView payment;
    std::optional<Instant> expires_at;
    std::optional<BoardingView> boarding;  // for its passenger, while it is confirmed or boarded
    PassengerCard passenger;
    users::DriverCard driver;
    std::optional<std::string> message;
    std::optional<Instant> contest_until;  // of a no-show, while whoever is said not to have come may contest it
    std::optional<DisputeView> dispute;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(BookingView, (),
                      (id, status, trip_id, trip_status, from_stop, to_stop, from_label, to_label, pickup_at,
                       dropoff_at, seats, price, service_fee, total, currency, payment, expires_at, boarding, passenger,
                       driver, message, contest_until, dispute, created_at))

struct BookingPage {
    std::vector<BookingView> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(BookingPage, (), (items, next_cursor))

struct TripBookingPage {
    std::vector<BookingView> items;
    std::optional<std::string> next_cursor;
    BoardingKey boarding_key;                // checks the passengers' tokens without network
    std::vector<BoardingKey> boarding_keys;  // while a secret rotates, tokens of either of them are good
};
BOOST_DESCRIBE_STRUCT(TripBookingPage, (), (items, next_cursor, boarding_key, boarding_keys))

}  // namespace safargo::bookings
