// The price of a seat (PRODUCT section 3): km × rate, rounded up to 10 DA. Integers only: no amount is ever a float.
#pragma once

#include "core/dinars.hpp"
#include "geo/direct_roads.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace safargo::geo {

enum class Fuel { petrol, diesel, lpg, electric };

// Thousandths of a dinar per kilometre and seat: 3500 is 3.5 DA/km. Both at least 0; recommended <= cap.
struct FareRate {
    std::int64_t recommended_millidinars = 3'500;
    std::int64_t cap_millidinars = 4'500;
    bool operator==(const FareRate&) const = default;
};

// One row of the current policy; the rate shares out the full cost of driving, so it depends on the fuel.
struct FareRates {
    FareRate petrol, diesel, lpg, electric;
    const FareRate& of(Fuel fuel) const;
};

inline constexpr Dinars fare_step{10};

// metres >= 0; 1 m at any positive rate already costs one step.
Dinars fare_for(std::int64_t metres, std::int64_t millidinars_per_km);

struct Fare {
    Dinars proposal, cap;
    bool operator==(const Fare&) const = default;
};

Fare fare_of(std::int64_t metres, const FareRate& rate);

struct FareProposal {
    std::vector<Fare> legs;  // each leg alone
    std::vector<Dinars>
        cumulative;  // price from the first stop to each stop, starting at 0: never falls, respects every cap
    Fare total;      // from the first stop to the last on the direct road
};

// Two stops or more.
FareProposal propose_fares(const DirectRoads& roads, const FareRate& rate);

// The first price that breaks the carpooling cap: a seat from stop `from` to stop `to` costs more than the direct road
// between them allows.
struct PriceAboveCap {
    std::size_t from, to;
    Dinars cap;  // the highest cumulative price allowed at stop `to`, given that of `from`
    bool operator==(const PriceAboveCap&) const = default;
};

// cumulative[0] belongs to the first stop; there are as many prices as stops. If several earlier stops make a price too
// high, the one that allows the least is named.
std::optional<PriceAboveCap> find_price_above_cap(std::span<const Dinars> cumulative, const DirectRoads& roads,
                                                  const FareRate& rate);

}  // namespace safargo::geo
