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

// The passenger, as the driver sees them.
struct PassengerCard {
    UserId id;
    PersonName name;
    std::optional<double> rating;
    std::int64_t reviews = 0;
    bool verified = false;
    std::int64_t trips = 0;  // travelled
    std::optional<Picture> photo{};
};
BOOST_DESCRIBE_STRUCT(PassengerCard, (), (id, name, rating, reviews, verified, trips, photo))

struct BoardingView {
    std::string pin, token;
};
BOOST_DESCRIBE_STRUCT(BoardingView, (), (pin, token))

// Seats, price, fee and total are those of its current seats. The passenger pays payment.amount less payment.due_back
// in the end: for seats given back, the fee and a share of the price may be kept.
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
    std::optional<Instant> contest_until;  // of a no-show, while it may be contested
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
    BoardingKey boarding_key;                // verifies the passengers' tokens offline
    std::vector<BoardingKey> boarding_keys;  // while a secret rotates, tokens of either secret are valid
};
BOOST_DESCRIBE_STRUCT(TripBookingPage, (), (items, next_cursor, boarding_key, boarding_keys))

}  // namespace safargo::bookings

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::bookings::BookingView> =
    R"({"id":"01939f70-2f60-7b4a-9c1e-8d7f6a5b4c32","status":"confirmed",)"
    R"("trip_id":"01939f6e-7c00-7a3b-8c4d-5e6f70819203","trip_status":"open","from_stop":0,"to_stop":2,)"
    R"("from_label":"Alger, gare Agha","to_label":"Oran, gare","pickup_at":"2026-12-10T07:00:00Z",)"
    R"("dropoff_at":"2026-12-10T11:30:00Z","seats":2,"price":3000,"service_fee":0,"total":3000,"currency":"DZD",)"
    R"("payment":{"id":"01939f70-2f61-7d05-8e3f-1a2b3c4d5e6f","method":"cash","status":"intent","amount":3000,)"
    R"("captured":0,)"
    R"("refunded":0,"checkout_url":null,"due_back":0,"driver_share":0,)"
    R"("checkout_qr":null,"checkout_expires_at":null,"return_url":null},"expires_at":null,)"
    R"("boarding":{"pin":"4821","token":"sg1.AZOfbnwAcAC.3q2-7w"},)"
    R"("passenger":{"id":"01939f6c-55d0-7f89-a0b1-c2d3e4f50617","name":"Yasmine H.","rating":4.9,"reviews":12,)"
    R"("verified":true,)"
    R"("trips":14,"photo":null},)"
    R"("driver":{"id":"01939f6d-11a0-7c21-9d52-3b1f0c7a4e88","name":"Karim B.","rating":4.8,"reviews":27,)"
    R"("verified":true,"response_time_s":1260,"photo":null},)"
    R"("message":"Bonjour, j'ai une petite valise.","contest_until":null,"dispute":null,)"
    R"("created_at":"2026-12-08T18:30:00Z"})";
