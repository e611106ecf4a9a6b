#include "matching/packed_trip.hpp"

#include <algorithm>
#include <cmath>

namespace safargo::matching {
namespace {

// Sort keys are doubles; beyond this (year 2255) microseconds would be inexact.
constexpr std::int64_t max_instant_us = (std::int64_t{1} << 53) - LaterStop::max_after_us;
constexpr std::uint8_t max_seats = 8;

bool stop_follows(const TripStop& stop, const TripStop& before, const TripStop& first) {
    const auto price = stop.price.amount - first.price.amount;
    return stop.time >= before.time && microseconds(stop.time) - microseconds(first.time) <= LaterStop::max_after_us &&
           std::abs(price) <= LaterStop::max_price;
}

std::uint64_t pack_bits(const TripRow& row) {
    const Preferences& wishes = row.preferences;
    std::uint64_t bits = 0;
    const auto set = [&bits](std::uint64_t bit, bool on) { bits |= on ? bit : 0; };
    set(trip_bits::instant, row.booking_mode == BookingMode::instant);
    set(trip_bits::smoking, wishes.smoking);
    set(trip_bits::pets, wishes.pets);
    set(trip_bits::music, wishes.music);
    set(trip_bits::max_two_back, wishes.max_two_back);
    set(trip_bits::women_only, wishes.women_only);
    set(trip_bits::has_place, row.place.has_value());
    bits |= static_cast<std::uint64_t>(wishes.talk) << trip_bits::talk_shift;
    bits |= static_cast<std::uint64_t>(wishes.luggage) << trip_bits::luggage_shift;
    for (std::size_t leg = 0; leg < row.leg_seats.size(); ++leg) {
        bits |= std::uint64_t{row.leg_seats[leg]} << (leg * trip_bits::seat_bits);
    }
    return bits;
}

}  // namespace

bool is_well_formed(const TripRow& row) {
    if (row.stops.size() < 2 || row.stops.size() > max_stops) return false;
    if (row.leg_seats.size() + 1 != row.stops.size()) return false;
    if (std::ranges::any_of(row.leg_seats, [](std::uint8_t seats) { return seats > max_seats; })) return false;
    if (std::abs(microseconds(row.stops.front().time)) > max_instant_us) return false;
    for (std::size_t k = 0; k < row.stops.size(); ++k) {
        if (!LatLng::from(row.stops[k].at.lat, row.stops[k].at.lng)) return false;
        if (row.stops[k].label.size() > max_label_bytes) return false;
        if (k > 0 && !stop_follows(row.stops[k], row.stops[k - 1], row.stops.front())) return false;
    }
    return true;
}

PackedTrip pack(const TripRow& row, RouteTable& routes) {
    std::array<NamedPoint, max_stops> points;
    std::ranges::transform(row.stops, points.begin(),
                           [](const TripStop& stop) { return NamedPoint{stop.at, stop.label}; });

    PackedTrip packed;
    packed.head = {.departure_us = microseconds(row.stops.front().time),
                   .bits = pack_bits(row),
                   .route = &routes.intern({points.data(), row.stops.size()})};
    set_driver_rank(packed.head, row.driver_rank);
    packed.name = {row.id, row.driver, row.version};
    packed.place = row.place;
    for (std::size_t k = 1; k < row.stops.size(); ++k) {
        LaterStop& later = packed.later[k - 1];
        later.after_us = static_cast<std::uint64_t>(microseconds(row.stops[k].time) - packed.head.departure_us);
        later.price = row.stops[k].price.amount - row.stops.front().price.amount;
    }
    return packed;
}

void set_driver_rank(TripHead& trip, DriverRank driver_rank) {
    trip.rating = driver_rank.rating >= 0 ? driver_rank.rating : -1;
    trip.bits &= ~trip_bits::verified;
    if (driver_rank.verified) trip.bits |= trip_bits::verified;
}

bool has_driver_rank(const TripHead& trip, DriverRank driver_rank) {
    TripHead other = trip;
    set_driver_rank(other, driver_rank);
    return other.rating == trip.rating && other.bits == trip.bits;
}

}  // namespace safargo::matching
