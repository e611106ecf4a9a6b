// The checks of an offer beyond the request itself: the road and its fares, related rows (communes, the outbound or
// return trip, the trips of a day) and its driver. The driver's row is locked.
#pragma once

#include "core/clock.hpp"
#include "features/trips/named_communes.hpp"
#include "features/trips/neighbours.hpp"
#include "features/trips/repository.hpp"
#include "features/trips/rules.hpp"

#include <optional>
#include <vector>

namespace safargo::trips {

class TripChecks {
public:
    TripChecks(const Clock& clock, TripNeighbours neighbours, TripRules rules)
        : clock_(clock), atlas_(neighbours.atlas), rules_(rules) {}

    // validation_failed, price_above_cap, daily_limit.
    Task<Result<Nothing>> check_offer(db::Transaction& tx, const vehicles::Vehicle& vehicle, const Trip& trip);
    // A women-only trip may be offered only by a woman whose gender is confirmed, like those who may see it.
    Task<Result<Nothing>> check_women_only(db::Session& session, const Trip& trip);
    // The official codes are data: only the database knows them and their locations.
    Task<std::vector<FieldError>> find_wrong_communes(db::Session& session, std::vector<NamedCommune> named);
    Task<Result<Nothing>> check_return_trip(db::Session& session, UserId driver, std::optional<TripId> outbound,
                                            Instant departure);
    // An outbound trip and its return stay in this order, whichever of them moves.
    Task<Result<Nothing>> check_return_order(db::Session& session, const Trip& before, const Trip& after);

private:
    Task<Result<Nothing>> check_day(db::Transaction& tx, const Trip& trip, Instant now);

    const Clock& clock_;
    const Atlas& atlas_;
    TripRules rules_;
    TripRepository rows_;
};

}  // namespace safargo::trips
