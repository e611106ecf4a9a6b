// Official data that rules need and that only the database holds. Other features include it through service.hpp.
#pragma once

#include "core/lat_lng.hpp"
#include "db/session.hpp"
#include "features/vehicles/types.hpp"
#include "geo/fare.hpp"

#include <map>
#include <string>
#include <vector>

namespace safargo::geo_routes {

// The policy in force; the built-in rate if there is none.
Task<geo::FareRate> fare_rate(db::Session& session, vehicles::Fuel fuel, LocalDate today);

// The centres of the communes with these codes; an unknown code has none.
Task<std::map<std::string, LatLng>> commune_centres(db::Session& session, std::vector<std::string> codes);

}  // namespace safargo::geo_routes
