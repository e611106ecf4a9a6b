#include "features/search/found_trips.hpp"

#include <cmath>

namespace safargo::search {
namespace {

constexpr double nearby_m = 2'000;
constexpr double well_rated = 4.7;

MatchedStop matched(const NamedStop& stop, int position, Instant at, double distance_m) {
    return {.stop = position,
            .lat = stop.where.lat,
            .lng = stop.where.lng,
            .label = stop.label,
            .at = at,
            .distance_m = std::llround(distance_m)};
}

std::vector<std::string> reasons(const matching::Match& match, const TripCard& card) {
    std::vector<std::string> why;
    if (match.from_m + match.to_m <= nearby_m) why.emplace_back("nearby");
    if (card.instant) why.emplace_back("instant");
    if (card.driver->verified) why.emplace_back("verified");
    if (card.driver->rating.value_or(0) >= well_rated) why.emplace_back("well_rated");
    return why;
}

FoundTrip found(const matching::Match& match, const TripCard& card) {
    const Instant arrival = match.departure + match.duration;
    const NamedStops& stops = *card.stops;
    return {
        .trip_id = match.trip,
        .match = MatchBy::stops,
        .from = matched(stops.at(static_cast<std::size_t>(match.pickup_stop)), match.pickup_stop, match.departure,
                        match.from_m),
        .to = matched(stops.at(static_cast<std::size_t>(match.dropoff_stop)), match.dropoff_stop, arrival, match.to_m),
        .price = match.price,
        .currency = "DZD",
        .seats_left = match.seats_left,
        .detour_m = 0,
        .detour_s = 0,
        .instant = card.instant,
        .driver = *card.driver,
        .departure_at = match.departure,
        .arrival_at = arrival,
        .duration_s = std::chrono::duration_cast<std::chrono::seconds>(match.duration).count(),
        .score = match.score,
        .why = reasons(match, card)};
}

}  // namespace

std::vector<FoundTrip> describe(const std::vector<matching::Match>& matches, const TripCards& cards) {
    std::vector<TripId> ids;
    ids.reserve(matches.size());
    for (const matching::Match& match : matches) ids.push_back(match.trip);
    const std::vector<TripCard> found_cards = cards.find(ids);
    std::vector<FoundTrip> items;
    items.reserve(matches.size());
    for (std::size_t i = 0; i < matches.size(); ++i) {
        const bool whole =
            found_cards[i].stops && static_cast<std::size_t>(matches[i].dropoff_stop) < found_cards[i].stops->size();
        if (whole) items.push_back(found(matches[i], found_cards[i]));
    }
    return items;
}

}  // namespace safargo::search
