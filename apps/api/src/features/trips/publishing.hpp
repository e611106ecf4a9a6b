// The requirements of a trip that others may book (PRODUCT section 3). Pure.
#pragma once

#include "features/drivers/types.hpp"
#include "features/trips/atlas.hpp"
#include "features/trips/rules.hpp"
#include "features/trips/types.hpp"
#include "features/vehicles/types.hpp"
#include "geo/fare.hpp"

#include <optional>

namespace safargo::trips {

// kyc_required, with the reason if their documents were approved but one has expired before today; validation_failed
// naming `licence_expires_on` when the licence ends before the day of departure.
std::optional<Error> refuse_driver(const drivers::Driver& driver, Instant departure, Instant now,
                                   const TripRules& rules);

// validation_failed naming every field: a departure in the past or more than 90 days ahead, more seats than the
// vehicle's, stops closer than 200 m to each other, falling prices, and implausible values (plausible.hpp).
// price_above_cap naming the stop, the cap and the stop that it counts from.
std::optional<Error> refuse_offer(const Trip& trip, const vehicles::Vehicle& vehicle, const Atlas& atlas,
                                  const geo::FareRate& rate, Instant now);

}  // namespace safargo::trips
