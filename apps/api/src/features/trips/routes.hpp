#pragma once

#include "api/endpoints.hpp"
#include "features/trips/service.hpp"

namespace safargo::trips {

void add_routes(api::Endpoints& endpoints, TripService& trips);

}  // namespace safargo::trips
