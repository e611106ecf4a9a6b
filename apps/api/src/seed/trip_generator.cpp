#include "seed/trip_generator.hpp"

#include "seed/demand_calendar.hpp"
#include "seed/stable_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace safargo::seed {
namespace {

constexpr std::size_t fewest_drivers = 120;
constexpr std::size_t trips_per_driver = 16;  // in 30 days, half of them working days
constexpr std::size_t share_of_lines = 5;     // at most a fifth of a day's trips
constexpr double women_only_share = 0.3;      // of the trips of women allowed to offer it

// How long before departure trips are published: always in the past of a run that looks 30 days ahead.
constexpr std::chrono::days published_before{31};

// Independent random streams, so that an additional draw in one does not change the others.
enum Stream : std::uint64_t { of_trips = 2, of_itineraries = 3, of_lines = 4 };

std::uint64_t number_of(LocalDate day) {
    return static_cast<std::uint64_t>(day.days.time_since_epoch().count());
}

// A route of more than a day starts in the morning, so that it ends before the driver's next working day.
Instant departure_for(const Itinerary& itinerary, LocalDate day, Random& random) {
    const Instant drawn = draw_departure(day, random);
    const LocalDate last{day.days + std::chrono::days{1}};
    if (drawn + Seconds{itinerary.route.duration_s} < last.ends() - std::chrono::hours{1}) return drawn;
    return day.begins() + std::chrono::hours{5};
}

int draw_seats(int in_car, Random& random) {
    static const WeightedChoice choice({10, 30, 40, 20});
    return std::min(static_cast<int>(choice.pick(random)) + 1, in_car);
}

trips::Preferences draw_preferences(const DemoDriver& driver, Random& random) {
    static const WeightedChoice talk({20, 55, 25}), luggage({5, 25, 55, 15});
    trips::Preferences preferences;
    preferences.smoking = random.chance(0.15);
    preferences.pets = random.chance(0.12);
    preferences.music = random.chance(0.75);
    preferences.talk = static_cast<Talk>(talk.pick(random));
    preferences.luggage = static_cast<Luggage>(luggage.pick(random));
    preferences.max_two_back = random.chance(0.45);
    preferences.women_only = driver.may_offer_women_only() && random.chance(women_only_share);
    return preferences;
}

std::optional<std::string> draw_note(Random& random) {
    static const std::vector<std::string> notes{"Départ à l'heure, merci d'être ponctuels.",
                                                "Pause café à mi-chemin.",
                                                "Un bagage par personne, s'il vous plaît.",
                                                "نتوقف للصلاة في الطريق.",
                                                "السيارة مكيفة.",
                                                "Je peux déposer près du tramway."};
    if (!random.chance(0.25)) return std::nullopt;
    return random.pick(notes);
}

// Drivers ask for 75 to 105 % of the recommended price, but never more than the cap.
geo::FareRate asked_rate(geo::FareRate rate, Random& random) {
    rate.recommended_millidinars =
        std::min(rate.recommended_millidinars * random.between(75, 105) / 100, rate.cap_millidinars);
    return rate;
}

std::vector<trips::Stop> stops_of(const Itinerary& itinerary, Instant departure, const geo::FareRate& rate) {
    const std::vector<Dinars> prices = geo::propose_fares(itinerary.direct, rate).cumulative;
    std::vector<trips::Stop> stops;
    Instant at = departure;
    for (std::size_t i = 0; i < itinerary.stops.size(); ++i) {
        if (i > 0) at += Seconds{std::max<std::int64_t>(1, itinerary.route.legs[i - 1].duration_s)};
        const Waypoint& stop = itinerary.stops[i];
        stops.push_back({stop.where, stop.label, stop.commune_id, at, prices[i]});
    }
    return stops;
}

}  // namespace

std::size_t drivers_for(std::size_t trips_in_30_days) {
    return std::max(fewest_drivers, trips_in_30_days / trips_per_driver);
}

TripGenerator::TripGenerator(const DemandModel& demand, std::vector<DemoDriver> drivers, TripPlan plan)
    : demand_(demand), drivers_(std::move(drivers)), plan_(std::move(plan)) {
    const LocalDate any_day{std::chrono::sys_days{std::chrono::year{2026} / 10 / 11}};  // a Sunday off season
    for (std::size_t i = 0; i < plan_.shared_itineraries; ++i) {
        Random random{plan_.seed, of_itineraries, i};
        itineraries_.push_back(demand_.draw(any_day, random));
    }
}

std::size_t TripGenerator::count_on(LocalDate day) const {
    const double mean = static_cast<double>(plan_.trips_in_30_days) / 30;
    return static_cast<std::size_t>(std::llround(mean * day_weight(day)));
}

std::vector<trips::Trip> TripGenerator::day(LocalDate day) const {
    DayRoster roster(drivers_, day);
    std::vector<trips::Trip> trips;
    const std::size_t all = count_on(day);
    const std::size_t lines = std::min(plan_.daily_lines.size(), all / share_of_lines);
    for (std::size_t line = 0; line < lines; ++line) {  // first, while drivers are still free
        if (auto made = line_trip(day, line, roster)) trips.push_back(std::move(*made));
    }
    for (std::size_t number = 0; number < all - lines; ++number) {
        if (auto made = trip(day, number, roster)) trips.push_back(std::move(*made));
    }
    return trips;
}

std::optional<trips::Trip> TripGenerator::trip(LocalDate day, std::size_t number, DayRoster& roster) const {
    Random random{plan_.seed, of_trips, number_of(day), number};
    std::optional<Itinerary> own;
    if (itineraries_.empty()) own = demand_.draw(day, random);
    const Itinerary& itinerary = own ? *own : random.pick(itineraries_);  // shared by millions of trips: not copied
    const Instant departure = departure_for(itinerary, day, random);
    return offer(itinerary, departure, fmt::format("trip {} {} {}", plan_.seed, number_of(day), number), roster,
                 random);
}

std::optional<trips::Trip> TripGenerator::line_trip(LocalDate day, std::size_t line, DayRoster& roster) const {
    constexpr int minutes_apart = 5;
    Random random{plan_.seed, of_lines, number_of(day), line};
    const DailyLine& wanted = plan_.daily_lines[line];
    const Itinerary itinerary = demand_.between(wanted.from_wilaya, wanted.to_wilaya, random);
    const auto within = std::chrono::minutes{random.below(60 / minutes_apart) * minutes_apart};
    const Instant departure = day.begins() + std::chrono::hours{wanted.hour} + within;
    auto made =
        offer(itinerary, departure, fmt::format("line {} {} {}", plan_.seed, number_of(day), line), roster, random);
    if (made) made->preferences.women_only = false;
    return made;
}

std::optional<trips::Trip> TripGenerator::offer(const Itinerary& itinerary, Instant departure, std::string_view key,
                                                DayRoster& roster, Random& random) const {
    const Instant arrival = departure + Seconds{itinerary.route.duration_s};
    const auto driver = roster.take({itinerary.from_wilaya, itinerary.to_wilaya, departure, arrival}, random);
    if (!driver) return std::nullopt;
    trips::Trip made = compose(itinerary, drivers_[*driver], departure, random);
    made.created_at = departure - published_before;
    made.id = stable_id<TripId>(made.created_at, key);
    return made;
}

trips::Trip TripGenerator::compose(const Itinerary& itinerary, const DemoDriver& driver, Instant departure,
                                   Random& random) const {
    trips::Trip trip;
    trip.driver = driver.id;
    trip.vehicle = driver.vehicle;
    trip.plate = driver.plate;
    trip.status = trips::TripStatus::open;
    trip.stops = stops_of(itinerary, departure, asked_rate(plan_.rates.of(driver.fuel), random));
    trip.seats = draw_seats(driver.seats, random);
    trip.leg_seats_left.assign(trip.stops.size() - 1, trip.seats);
    trip.booking_mode = random.chance(0.6) ? trips::BookingMode::instant : trips::BookingMode::approval;
    trip.preferences = draw_preferences(driver, random);
    trip.note = draw_note(random);
    if (itinerary.place != nullptr) {
        const auto place = plan_.places.find(itinerary.place->slug);
        if (place != plan_.places.end()) trip.place = place->second;
    }
    trip.distance_m = itinerary.route.distance_m;
    trip.duration_s = itinerary.route.duration_s;
    trip.polyline = itinerary.route.polyline;
    return trip;
}

}  // namespace safargo::seed
