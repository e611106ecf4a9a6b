#include "features/bookings/rules.hpp"

#include "core/local_time.hpp"

#include <algorithm>

namespace safargo::bookings {
namespace {

using namespace std::chrono_literals;
using trips::TripStatus;

// A larger move needs the passenger's consent.
constexpr auto small_move = 15min;
// The waiting time at the pickup before a no-show may be reported.
constexpr auto waiting_time = 15min;

Instant half_way_or(std::chrono::microseconds limit, Instant pickup_at, Instant now) {
    const std::chrono::microseconds left = std::max(pickup_at - now, std::chrono::microseconds{0});
    return now + std::min(limit, left / 2);
}

std::optional<Error> stop_range_refusal(const trips::Trip& trip, const BookSeats& wanted) {
    const auto last = static_cast<std::int64_t>(trip.stops.size()) - 1;
    if (wanted.to_stop > last) return fail("to_stop", {Rule::out_of_range, "1", std::to_string(last)}).error();
    if (wanted.from_stop >= wanted.to_stop) return fail("to_stop", {Rule::out_of_order}).error();
    return std::nullopt;
}

void note_time(Booking& booking, Instant now) {
    switch (booking.status) {
        case BookingStatus::requested:
            booking.expires_at = decision_deadline(booking.pickup_at, now);
            return;
        case BookingStatus::awaiting_payment:
            booking.expires_at = payment_deadline(booking.pickup_at, now);
            return;
        case BookingStatus::confirmed:
            booking.confirmed_at = now;
            booking.ended_at.reset();
            break;
        case BookingStatus::boarded:
            booking.boarded_at = now;
            break;
        case BookingStatus::completed:
            booking.completed_at = now;
            break;
        case BookingStatus::settled:
            booking.settled_at = now;
            break;
        case BookingStatus::disputed:
            break;
        default:
            booking.ended_at = now;
    }
    booking.expires_at.reset();
}

// `agreed`: the agreed value of the time in `field`.
Error too_far(std::string field, Instant agreed) {
    return {.code = Code::seats_sold,
            .fields = {{std::move(field),
                        {Rule::out_of_range, local_minute(std::chrono::ceil<std::chrono::minutes>(agreed - small_move)),
                         local_minute(agreed + small_move)}}}};
}

// As planned when it was booked. Bookings older than stored drop-offs moved with their pickup only.
Instant agreed_dropoff(const Booking& booking) {
    const Instant agreed_pickup = booking.agreed_pickup_at.value_or(booking.pickup_at);
    return booking.agreed_dropoff_at.value_or(booking.dropoff_at - (booking.pickup_at - agreed_pickup));
}

BookingStatus first_status(trips::BookingMode mode, payments::Method method) {
    if (mode == trips::BookingMode::approval) return BookingStatus::requested;
    return method == payments::Method::cash ? BookingStatus::confirmed : BookingStatus::awaiting_payment;
}

}  // namespace

std::optional<Error> refusal(const trips::Trip& trip, const Passenger& passenger, const BookSeats& wanted,
                             Instant now) {
    const bool own = trip.driver == passenger.id;
    const bool hidden =
        trip.status == TripStatus::draft || (trip.preferences.women_only && !passenger.confirmed_female);
    if (hidden && !own) return Error{Code::not_found};
    if (own) return Error{Code::own_trip};
    if (auto refused = stop_range_refusal(trip, wanted)) return refused;
    if (trip.status == TripStatus::cancelled) return Error{Code::trip_not_open};
    if (!sells_at(trip, trip.stops[static_cast<std::size_t>(wanted.from_stop)].at, now)) {
        return Error{Code::trip_departed};
    }
    return std::nullopt;
}

bool sells_at(const trips::Trip& trip, Instant pickup_at, Instant now) {
    return trip.status == TripStatus::open && now < pickup_at;
}

Instant decision_deadline(Instant pickup_at, Instant now) {
    return half_way_or(3h, pickup_at, now);
}

Instant payment_deadline(Instant pickup_at, Instant now) {
    return half_way_or(30min, pickup_at, now);
}

Booking make_booking(const trips::Trip& trip, UserId passenger, const BookSeats& wanted, Instant now) {
    const auto from = static_cast<std::size_t>(wanted.from_stop);
    const auto to = static_cast<std::size_t>(wanted.to_stop);
    const Dinars price = trip.price_between(from, to) * wanted.seats;
    Booking booking{.id = BookingId::make(now),
                    .trip = trip.id,
                    .passenger = passenger,
                    .driver = trip.driver,
                    .from_stop = static_cast<int>(from),
                    .to_stop = static_cast<int>(to),
                    .seats = static_cast<int>(wanted.seats),
                    .status = first_status(trip.booking_mode, wanted.payment_method),
                    .price = price,
                    .service_fee = payments::service_fee(wanted.payment_method, price),
                    .method = wanted.payment_method,
                    .pickup_at = trip.stops[from].at,
                    .dropoff_at = trip.stops[to].at,
                    .created_at = now,
                    .pickup_place = trip.stops[from].where,
                    .dropoff_place = trip.stops[to].where};
    if (wanted.message && !wanted.message->str().empty()) booking.message = wanted.message->str();
    note_time(booking, now);
    return booking;
}

bool is_where_booked(const Booking& booking, const trips::Trip& trip) {
    const auto from = static_cast<std::size_t>(booking.from_stop), to = static_cast<std::size_t>(booking.to_stop);
    return to < trip.stops.size() && booking.pickup_place == trip.stops[from].where &&
           booking.dropoff_place == trip.stops[to].where;
}

Result<Nothing> reschedule(Booking& booking, const trips::Trip& trip, Instant now) {
    const auto from = static_cast<std::size_t>(booking.from_stop), to = static_cast<std::size_t>(booking.to_stop);
    if (to >= trip.stops.size()) return fail(Code::seats_sold);
    const Instant agreed = booking.agreed_pickup_at.value_or(booking.pickup_at), pickup = trip.stops[from].at;
    if (trip.price_between(from, to) * booking.seats != booking.price) return fail(Code::seats_sold);
    // The driver moves the trip's departure, and the pickup with it.
    if (std::chrono::abs(pickup - agreed) > small_move)
        return fail(too_far("departure_at", agreed + (trip.departure() - pickup)));
    const Instant agreed_arrival = agreed_dropoff(booking), dropoff = trip.stops[to].at;
    if (std::chrono::abs(dropoff - agreed_arrival) > small_move)
        return fail(too_far("stops[" + std::to_string(to) + "].at", agreed_arrival));
    if (pickup != booking.pickup_at || dropoff != booking.dropoff_at) {
        booking.agreed_pickup_at = agreed;
        booking.agreed_dropoff_at = agreed_arrival;
    }
    booking.pickup_at = pickup;
    booking.dropoff_at = dropoff;
    if (booking.expires_at) {
        const bool asked = booking.status == BookingStatus::requested;
        const Instant latest = asked ? decision_deadline(pickup, now) : payment_deadline(pickup, now);
        booking.expires_at = std::min(*booking.expires_at, latest);
    }
    return Nothing{};
}

std::optional<Error> no_show_refusal(const trips::Trip& trip, const Booking& booking, BookingEvent event, Instant now) {
    if (!next(booking.status, event)) return Error{Code::illegal_transition};
    // A driver who never set off cannot report a passenger.
    const bool by_driver = event == BookingEvent::passenger_missing;
    const bool waits = trip.status == TripStatus::draft || (trip.status == TripStatus::open && by_driver);
    if (waits) return Error{Code::trip_not_started};
    if (trip.status != TripStatus::open && trip.status != TripStatus::in_progress) return Error{Code::trip_ended};
    const Instant opens = booking.pickup_at + waiting_time;
    if (now >= opens) return std::nullopt;
    return too_early(opens);
}

Result<Nothing> apply(Booking& booking, BookingEvent event, Instant now) {
    const auto status = next(booking.status, event);
    if (!status) return fail(Code::illegal_transition);
    const bool goes_on = *status == BookingStatus::awaiting_payment || *status == BookingStatus::confirmed;
    if (booking.status == BookingStatus::requested && goes_on) booking.accepted_at = now;
    booking.status = *status;
    note_time(booking, now);
    return Nothing{};
}

}  // namespace safargo::bookings
