#pragma once

#include "api/endpoints.hpp"
#include "features/drivers/service.hpp"

namespace safargo::drivers {

void add_routes(api::Endpoints& endpoints, DriverService& drivers);

}  // namespace safargo::drivers
