#include "features/bookings/booking_rows.hpp"

namespace safargo::bookings {

namespace {

std::optional<LatLng> place_from(const db::Row& row, int lat) {
    const auto read = row.get<std::optional<double>>(lat), lng = row.get<std::optional<double>>(lat + 1);
    if (!read || !lng) return std::nullopt;
    return LatLng{*read, *lng};
}

}  // namespace

Booking booking_from(const db::Row& row) {
    using OptionalInstant = std::optional<Instant>;
    return {.id = row.get<BookingId>(0),
            .trip = row.get<TripId>(1),
            .passenger = row.get<UserId>(2),
            .driver = row.get<UserId>(3),
            .from_stop = row.get<std::int32_t>(4),
            .to_stop = row.get<std::int32_t>(5),
            .seats = row.get<std::int32_t>(6),
            .status = row.get<BookingStatus>(7),
            .price = row.get<Dinars>(8),
            .service_fee = row.get<Dinars>(9),
            .method = row.get<payments::Method>(10),
            .message = row.get<std::optional<std::string>>(11),
            .pickup_at = row.get<Instant>(12),
            .dropoff_at = row.get<Instant>(13),
            .expires_at = row.get<OptionalInstant>(14),
            .accepted_at = row.get<OptionalInstant>(15),
            .confirmed_at = row.get<OptionalInstant>(16),
            .boarded_at = row.get<OptionalInstant>(17),
            .completed_at = row.get<OptionalInstant>(18),
            .settle_after = row.get<OptionalInstant>(19),
            .settled_at = row.get<OptionalInstant>(20),
            .ended_at = row.get<OptionalInstant>(21),
            .pin_attempts = row.get<std::int32_t>(22),
            .created_at = row.get<Instant>(23),
            .agreed_pickup_at = row.get<OptionalInstant>(24),
            .pickup_place = place_from(row, 25),
            .dropoff_place = place_from(row, 27),
            .agreed_dropoff_at = row.get<OptionalInstant>(29)};
}

}  // namespace safargo::bookings
