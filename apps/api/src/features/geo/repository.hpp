// The official data that rules need and only the database has. Other features include it through service.hpp.
#pragma once

#include "core/lat_lng.hpp"
#include "db/session.hpp"
#include "features/vehicles/types.hpp"
#include "geo/fare.hpp"

#include <map>
#include <string>
#include <vector>

namespace safargo::geo_routes {

// The policy in force; the built-in rate where there is none.
Task<geo::FareRate> fare_rate(db::Session& session, vehicles::Fuel fuel, LocalDate today);

// Where the communes of these codes are; a code that does not exist has no centre.
Task<std::map<std::string, LatLng>> commune_centres(db::Session& session, std::vector<std::string> codes);

}  // namespace safargo::geo_routes
