#pragma once

#include "api/endpoints.hpp"
#include "features/vehicles/service.hpp"

namespace safargo::vehicles {

void add_routes(api::Endpoints& endpoints, VehicleService& vehicles);

}  // namespace safargo::vehicles
