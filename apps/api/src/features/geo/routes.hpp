#pragma once

#include "api/endpoints.hpp"
#include "features/geo/service.hpp"

namespace safargo::geo_routes {

void add_routes(api::Endpoints& endpoints, GeoService& geo);

}  // namespace safargo::geo_routes
