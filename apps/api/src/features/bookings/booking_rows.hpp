// Reads a row of bookings; every statement that reads one names its columns with BOOKING_COLUMNS.
#pragma once

#include "db/session.hpp"
#include "features/bookings/types.hpp"

// A macro, so that it joins the SQL text of a Statement at compile time. The table stands there as `b`.
#define BOOKING_COLUMNS                                                                                        \
    "b.id, b.trip_id, b.user_id, b.driver_id, b.from_stop, b.to_stop, b.seats, b.status, b.price, "            \
    "b.service_fee, b.payment_method, b.message, b.pickup_at, b.dropoff_at, b.expires_at, b.accepted_at, "     \
    "b.confirmed_at, b.boarded_at, b.completed_at, b.settle_after, b.settled_at, b.ended_at, b.pin_attempts, " \
    "b.created_at, b.agreed_pickup_at, b.pickup_lat, b.pickup_lng, b.dropoff_lat, b.dropoff_lng, b.agreed_dropoff_at "

namespace safargo::bookings {

inline constexpr int booking_columns = 30;

Booking booking_from(const db::Row& row);

}  // namespace safargo::bookings
