#pragma once

#include "api/endpoints.hpp"
#include "features/disputes/service.hpp"

namespace safargo::disputes {

void add_routes(api::Endpoints& endpoints, DisputeService& disputes);

}  // namespace safargo::disputes
