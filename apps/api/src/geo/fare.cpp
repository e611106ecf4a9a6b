#include "geo/fare.hpp"

#include <algorithm>

namespace safargo::geo {
namespace {

Dinars highest_price(std::span<const Dinars> cumulative, std::size_t from, std::size_t to, const DirectRoads& roads,
                     const FareRate& rate) {
    return cumulative[from] + fare_for(roads.between(from, to).distance_m, rate.cap_millidinars);
}

// One round of lowering each price to what the previous stops allow, and to the price of the next stop. Prices only
// fall and never below 0, so the rounds end; on a route without detours the first changes nothing.
bool lower_to_caps(std::vector<Dinars>& cumulative, const DirectRoads& roads, const FareRate& rate) {
    const std::vector<Dinars> before = cumulative;
    for (std::size_t to = 1; to < cumulative.size(); ++to) {
        for (std::size_t from = 0; from < to; ++from)
            cumulative[to] = std::min(cumulative[to], highest_price(cumulative, from, to, roads, rate));
    }
    for (std::size_t stop = cumulative.size() - 1; stop > 1; --stop)
        cumulative[stop - 1] = std::min(cumulative[stop - 1], cumulative[stop]);
    return cumulative != before;
}

}  // namespace

const FareRate& FareRates::of(Fuel fuel) const {
    switch (fuel) {
        case Fuel::diesel:
            return diesel;
        case Fuel::lpg:
            return lpg;
        case Fuel::electric:
            return electric;
        case Fuel::petrol:
            break;
    }
    return petrol;
}

Dinars fare_for(std::int64_t metres, std::int64_t millidinars_per_km) {
    constexpr std::int64_t metre_millidinars_per_km = 1'000 * 1'000;
    constexpr std::int64_t step = fare_step.amount * metre_millidinars_per_km;
    return fare_step * ((metres * millidinars_per_km + step - 1) / step);
}

Fare fare_of(std::int64_t metres, const FareRate& rate) {
    return {fare_for(metres, rate.recommended_millidinars), fare_for(metres, rate.cap_millidinars)};
}

FareProposal propose_fares(const DirectRoads& roads, const FareRate& rate) {
    FareProposal proposal{.legs = {}, .cumulative = {Dinars{0}}, .total = {}};
    std::int64_t metres = 0;
    for (std::size_t to = 1; to < roads.stops(); ++to) {
        const std::int64_t leg = roads.between(to - 1, to).distance_m;
        metres += leg;
        proposal.legs.push_back(fare_of(leg, rate));
        proposal.cumulative.push_back(fare_for(metres, rate.recommended_millidinars));
    }
    while (lower_to_caps(proposal.cumulative, roads, rate)) continue;
    proposal.total = fare_of(roads.between(0, roads.stops() - 1).distance_m, rate);
    return proposal;
}

std::optional<PriceAboveCap> find_price_above_cap(std::span<const Dinars> cumulative, const DirectRoads& roads,
                                                  const FareRate& rate) {
    for (std::size_t to = 1; to < roads.stops(); ++to) {
        std::optional<PriceAboveCap> above;
        for (std::size_t from = 0; from < to; ++from) {
            const Dinars cap = highest_price(cumulative, from, to, roads, rate);
            if (cumulative[to] > cap && (!above || cap < above->cap)) above = PriceAboveCap{from, to, cap};
        }
        if (above) return above;
    }
    return std::nullopt;
}

}  // namespace safargo::geo
