#pragma once

#include "api/endpoints.hpp"
#include "features/places/service.hpp"

namespace safargo::places {

void add_routes(api::Endpoints& endpoints, PlaceService& places);

}  // namespace safargo::places
