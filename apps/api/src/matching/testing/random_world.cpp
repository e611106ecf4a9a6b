#include "matching/testing/random_world.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace safargo::matching::testing {
namespace {

using namespace std::chrono_literals;

struct Shape {
    LatLng center;
    double spread;  // degrees
};

// Town labels, including an empty one and one too long for the small-string buffer.
constexpr std::array<std::string_view, 5> labels{"", "Blida", "البليدة", "Bab Ezzouar, sortie du métro",
                                                 "Bab Ezzouar, sortie du tram"};

Shape shape_of(Region region) {
    switch (region) {
        case Region::algeria:
            return {{36.0, 3.0}, 0.4};
        case Region::one_town:
            return {{36.75, 3.06}, 0.02};
        case Region::antimeridian:
            return {{-17.0, 180.0}, 0.6};
        case Region::pole:
            return {{89.6, 40.0}, 0.4};
    }
    return {};
}

}  // namespace

Instant RandomWorld::start() {
    return parse_instant("2026-12-01T00:00:00Z").value();
}

RandomWorld::RandomWorld(std::uint64_t seed, Region region) : random_(seed), region_(region) {
    const Shape shape = shape_of(region);
    for (int k = 0; k < 12; ++k) towns_.push_back(scatter(shape.center, shape.spread));
    for (int k = 0; k < 3; ++k) places_.push_back(id<PlaceId>());
}

std::int64_t RandomWorld::integer(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
}

bool RandomWorld::chance(double probability) {
    return std::bernoulli_distribution(probability)(random_);
}

template <class IdType>
IdType RandomWorld::id() {
    IdType made;
    for (auto& byte : made.value.bytes) byte = static_cast<std::uint8_t>(integer(0, 255));
    return made;
}

LatLng RandomWorld::scatter(LatLng center, double degrees) {
    std::uniform_real_distribution<double> offset(-degrees, degrees);
    LatLng at{std::clamp(center.lat + offset(random_), -90.0, 90.0), center.lng + offset(random_)};
    if (region_ == Region::pole) at.lng = std::uniform_real_distribution<double>(-180, 180)(random_);
    if (at.lng > 180) at.lng -= 360;
    if (at.lng < -180) at.lng += 360;
    return at;
}

LatLng RandomWorld::point() {
    const LatLng town = pick(towns_);
    return chance(0.7) ? town : scatter(town, 0.1);
}

Preferences RandomWorld::preferences() {
    return {.smoking = chance(0.3),
            .pets = chance(0.3),
            .music = chance(0.6),
            .talk = static_cast<Talk>(integer(0, 2)),
            .luggage = static_cast<Luggage>(integer(0, 3)),
            .max_two_back = chance(0.5),
            .women_only = chance(0.1)};
}

void RandomWorld::set_stops(TripRow& trip) {
    const auto stops = chance(0.5) ? 2 : integer(2, chance(0.8) ? 5 : 10);
    const bool whole_minutes = chance(0.8);
    Instant time = start() + integer(0, 10 * 144) * 10min;
    Dinars price{chance(0.9) ? 0 : integer(0, 300)};
    if (!whole_minutes) time += std::chrono::microseconds(integer(0, 3'599'999'999));
    trip.stops.clear();
    for (int k = 0; k < stops; ++k) {
        trip.stops.push_back({point(), time, price, labels[static_cast<std::size_t>(integer(0, labels.size() - 1))]});
        time += chance(0.1) ? 0min : integer(1, chance(0.9) ? 20 : 100) * 10min;
        if (!whole_minutes) time += std::chrono::microseconds(integer(0, 999'999));
        price += Dinars{integer(0, 10) * 50};
    }
}

void RandomWorld::set_seats(TripRow& trip) {
    trip.leg_seats.clear();
    for (std::size_t leg = 1; leg < trip.stops.size(); ++leg) {
        trip.leg_seats.push_back(static_cast<std::uint8_t>(chance(0.8) ? integer(1, 4) : integer(0, 8)));
    }
}

DriverRank RandomWorld::driver_rank() {
    const float rating = chance(0.3) ? -1.0F : static_cast<float>(integer(10, 50)) / 10;
    return {.rating = rating, .verified = chance(0.5)};
}

TripRow RandomWorld::trip() {
    TripRow trip;
    trip.id = id<TripId>();
    trip.version = 1;
    trip.driver = id<UserId>();
    trip.driver_rank = driver_rank();
    trip.booking_mode = chance(0.5) ? BookingMode::instant : BookingMode::approval;
    trip.preferences = preferences();
    if (chance(0.2)) trip.place = pick(places_);
    set_stops(trip);
    set_seats(trip);
    return trip;
}

TripRow RandomWorld::reviewed(const TripRow& trip) {
    TripRow next = trip;
    next.driver_rank = driver_rank();
    return next;
}

TripRow RandomWorld::changed(const TripRow& trip) {
    TripRow next = trip;
    next.version += integer(1, 3);
    if (chance(0.7)) {
        set_seats(next);
    } else if (chance(0.5)) {
        set_stops(next);
        set_seats(next);
    } else {
        next.preferences = preferences();
        next.driver_rank.rating = 4.5F;
        next.place = chance(0.5) ? std::optional(pick(places_)) : std::nullopt;
    }
    return next;
}

double RandomWorld::radius_for(LatLng from, const std::vector<TripRow>& trips) {
    if (!trips.empty() && chance(0.4)) {
        const double border = distance_m(from, pick(pick(trips).stops).at);
        if (border > 0 && border <= 100'000) {
            return chance(0.5) ? border : std::nextafter(border, chance(0.5) ? 0 : 1e9);
        }
    }
    return static_cast<double>(chance(0.7) ? integer(1'000, 30'000) : integer(30'000, 100'000));
}

Filters RandomWorld::filters() {
    Filters filters;
    if (chance(0.5)) return filters;
    if (chance(0.15)) filters.price_max = Dinars{integer(0, 40) * 50};
    if (chance(0.15)) filters.pickup_hours = {static_cast<int>(integer(0, 23)), static_cast<int>(integer(1, 24))};
    filters.instant_only = chance(0.1);
    filters.verified_only = chance(0.1);
    filters.women_only = chance(0.05);
    if (chance(0.05)) filters.smoking = chance(0.5);
    if (chance(0.05)) filters.pets = chance(0.5);
    if (chance(0.05)) filters.music = chance(0.5);
    if (chance(0.05)) filters.max_two_back = chance(0.5);
    if (chance(0.05)) filters.talk = static_cast<Talk>(integer(0, 2));
    if (chance(0.1)) filters.min_rating = static_cast<float>(integer(0, 50)) / 10;
    if (chance(0.1)) filters.luggage = static_cast<Luggage>(integer(0, 3));
    if (chance(0.05)) filters.place = chance(0.9) ? pick(places_) : id<PlaceId>();
    return filters;
}

Query RandomWorld::query(const std::vector<TripRow>& trips) {
    Query query;
    query.from = point();
    query.to = point();
    query.begin = start() + integer(-24, 24 * 10) * 1h;
    if (!trips.empty() && chance(0.7)) {
        const TripRow& trip = pick(trips);
        query.from = chance(0.5) ? trip.stops.front().at : scatter(trip.stops.front().at, 0.05);
        query.to = chance(0.5) ? trip.stops.back().at : scatter(trip.stops.back().at, 0.05);
        if (chance(0.7)) query.begin = LocalDate::of(trip.stops.front().time).begins();
    }
    if (chance(0.1)) query.to.reset();
    query.radius_m = radius_for(query.from, trips);
    query.end = query.begin + (chance(0.3) ? 24h : integer(1, 24 * 10) * 1h);
    query.now = start() + (chance(0.5) ? -48h : integer(0, 24 * 10) * 1h);
    if (!trips.empty() && chance(0.2)) {  // boundary times
        const Instant time = pick(pick(trips).stops).time;
        (chance(0.3) ? query.now : chance(0.5) ? query.begin : query.end) = time;
    }
    query.seats = static_cast<int>(chance(0.7) ? 1 : integer(1, 8));
    query.sees_women_only = chance(0.5);
    query.filters = filters();
    query.sort = static_cast<Sort>(integer(0, 4));
    query.limit = static_cast<std::size_t>(integer(0, chance(0.5) ? 5 : 100));
    return query;
}

}  // namespace safargo::matching::testing
