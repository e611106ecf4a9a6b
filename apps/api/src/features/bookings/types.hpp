// A booking as the rules see it, and the request bodies. The responses are in views.hpp.
#pragma once

#include "contract/described.hpp"
#include "contract/digit_code.hpp"
#include "contract/list_filters.hpp"
#include "core/lat_lng.hpp"
#include "features/bookings/booking_states.hpp"
#include "features/payments/service.hpp"

#include <optional>
#include <string>

namespace safargo::bookings {

// POST /bookings
struct BookSeats {
    TripId trip_id;
    StopIndex from_stop, to_stop;
    SeatCount seats;
    payments::Method payment_method;
    std::optional<Text<300, 0>> message;  // empty: none
};
BOOST_DESCRIBE_STRUCT(BookSeats, (), (trip_id, from_stop, to_stop, seats, payment_method, message))

using BoardingPin = DigitCode<4>;

// PATCH /bookings/{id}: how many seats to keep; never more than now.
struct EditBooking {
    SeatCount seats;
};
BOOST_DESCRIBE_STRUCT(EditBooking, (), (seats))

// POST /bookings/{id}/board: exactly one of the two.
struct Board {
    std::optional<BoardingPin> pin;
    std::optional<Text<500>> token;
};
BOOST_DESCRIBE_STRUCT(Board, (), (pin, token))
}  // namespace safargo::bookings

template <>
inline constexpr bool safargo::contract::takes_one_member<safargo::bookings::Board> = true;

namespace safargo::bookings {

enum class Side { passenger, driver };
BOOST_DESCRIBE_ENUM(Side, passenger, driver)

// GET /bookings; as passenger by default. Newest booking first, or by the planned pickup. Upcoming bookings are
// requested, unpaid, confirmed or boarded, and have not arrived; all others are past. Dates are those of the pickup.
struct ListBookings {
    std::optional<Side> role;
    std::optional<contract::When> when;
    std::optional<contract::AnyOf<BookingStatus>> status;
    std::optional<LocalDate> from_date, to_date;  // both inclusive
    std::optional<TripId> trip_id;
    std::optional<contract::ByDeparture> sort;
    std::optional<Bounded<1, 100>> limit;
    std::optional<Text<300>> cursor;
};
BOOST_DESCRIBE_STRUCT(ListBookings, (), (role, when, status, from_date, to_date, trip_id, sort, limit, cursor))

// GET /trips/{id}/bookings
struct ListTripBookings {
    std::optional<contract::AnyOf<BookingStatus>> status;
    std::optional<Bounded<1, 100>> limit;
    std::optional<Text<300>> cursor;
};
BOOST_DESCRIBE_STRUCT(ListTripBookings, (), (status, limit, cursor))

// The row. It holds `seats` on legs from_stop..to_stop-1 of its trip while is_active(status).
struct Booking {
    BookingId id{};
    TripId trip{};
    UserId passenger{}, driver{};
    int from_stop = 0, to_stop = 1, seats = 1;
    BookingStatus status = BookingStatus::requested;
    Dinars price{}, service_fee{};  // for its current seats
    payments::Method method = payments::Method::cash;
    std::optional<std::string> message{};
    Instant pickup_at{}, dropoff_at{};    // as planned now
    std::optional<Instant> expires_at{};  // of a hold
    std::optional<Instant> accepted_at{}, confirmed_at{}, boarded_at{}, completed_at{}, settle_after{}, settled_at{};
    std::optional<Instant> ended_at{};  // without a ride
    int pin_attempts = 0;
    Instant created_at{};
    std::optional<Instant> agreed_pickup_at{};              // as planned when it was booked, once that has moved
    std::optional<LatLng> pickup_place{}, dropoff_place{};  // as booked; older versions did not store them
    std::optional<Instant> agreed_dropoff_at{};             // like agreed_pickup_at

    // The deadline has passed, but the sweeper has not expired it yet.
    bool is_overdue(Instant now) const { return is_hold(status) && expires_at && *expires_at <= now; }
    payments::Charge charge() const { return {id, passenger, driver, method, price, service_fee}; }
};

}  // namespace safargo::bookings
