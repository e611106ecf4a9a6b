// The routes of the back office.
#pragma once

#include "api/endpoints.hpp"
#include "features/admin/service.hpp"

namespace safargo::admin {

void add_routes(api::Endpoints& endpoints, FlagService& flags);

}  // namespace safargo::admin
