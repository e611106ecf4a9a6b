#include "features/search/found_trips.hpp"

#include <cmath>

namespace safargo::search {
namespace {

constexpr double nearby_m = 2'000;
constexpr double well_rated = 4.7;

MatchedStop matched(matching::MatchedStop&& stop, Instant at) {
    return {.stop = stop.number,
            .lat = stop.at.lat,
            .lng = stop.at.lng,
            .label = std::move(stop.label),
            .at = at,
            .distance_m = std::llround(stop.away_m)};
}

bool is_instant(const matching::Match& match) {
    return match.booking_mode == matching::BookingMode::instant;
}

std::vector<std::string> reasons(const matching::Match& match, const users::DriverCard& driver) {
    std::vector<std::string> why;
    why.reserve(4);
    if (match.pickup.away_m + match.dropoff.away_m <= nearby_m) why.emplace_back("nearby");
    if (is_instant(match)) why.emplace_back("instant");
    if (driver.verified) why.emplace_back("verified");
    if (driver.rating.value_or(0) >= well_rated) why.emplace_back("well_rated");
    return why;
}

FoundTrip found(matching::Match&& match, const users::DriverCard& driver) {
    const Instant arrival = match.departure + match.duration;
    std::vector<std::string> why = reasons(match, driver);
    return {.trip_id = match.trip,
            .match = MatchBy::stops,
            .from = matched(std::move(match.pickup), match.departure),
            .to = matched(std::move(match.dropoff), arrival),
            .price = match.price,
            .currency = "DZD",
            .seats_left = match.seats_left,
            .detour_m = 0,
            .detour_s = 0,
            .instant = is_instant(match),
            .driver = driver,
            .departure_at = match.departure,
            .arrival_at = arrival,
            .duration_s = std::chrono::duration_cast<std::chrono::seconds>(match.duration).count(),
            .score = match.score,
            .why = std::move(why)};
}

}  // namespace

std::vector<FoundTrip> describe(std::vector<matching::Match> matches, const DriverCards& drivers) {
    std::vector<FoundTrip> items;
    items.reserve(matches.size());
    std::vector<const users::DriverCard*> cards;
    cards.reserve(matches.size());
    const DriverCards::View known = drivers.view();
    for (const matching::Match& match : matches) {
        cards.push_back(known.find(match.driver));
        __builtin_prefetch(cards.back());
    }
    for (std::size_t k = 0; k < matches.size(); ++k) {
        if (cards[k]) items.push_back(found(std::move(matches[k]), *cards[k]));
    }
    return items;
}

}  // namespace safargo::search
