#pragma once

#include "db/session.hpp"
#include "features/vehicles/types.hpp"
#include "geo/fare.hpp"

namespace safargo::geo_routes {

class FareRepository {
public:
    // The policy in force; the built-in rate where there is none.
    Task<geo::FareRate> rate(db::Session& session, vehicles::Fuel fuel, LocalDate today);
};

}  // namespace safargo::geo_routes
