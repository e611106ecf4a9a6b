#include "geo/fare.hpp"

#include <numeric>

namespace safargo::geo {

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

FareProposal propose_fares(std::span<const std::int64_t> leg_metres, const FareRate& rate) {
    FareProposal proposal{.legs = {}, .cumulative = {Dinars{0}}, .total = {}};
    std::int64_t metres = 0;
    for (const std::int64_t leg : leg_metres) {
        metres += leg;
        proposal.legs.push_back(fare_of(leg, rate));
        proposal.cumulative.push_back(fare_for(metres, rate.recommended_millidinars));
    }
    proposal.total = fare_of(metres, rate);
    return proposal;
}

std::optional<PriceAboveCap> find_price_above_cap(std::span<const Dinars> cumulative,
                                                  std::span<const std::int64_t> leg_metres, const FareRate& rate) {
    for (std::size_t leg = 0; leg < leg_metres.size(); ++leg) {
        const Dinars highest = cumulative[leg] + fare_for(leg_metres[leg], rate.cap_millidinars);
        if (cumulative[leg + 1] > highest) return PriceAboveCap{leg + 1, highest};
    }
    const std::int64_t metres = std::accumulate(leg_metres.begin(), leg_metres.end(), std::int64_t{0});
    const Dinars whole = fare_for(metres, rate.cap_millidinars);
    if (cumulative.back() - cumulative.front() > whole)
        return PriceAboveCap{leg_metres.size(), cumulative.front() + whole};
    return std::nullopt;
}

}  // namespace safargo::geo
