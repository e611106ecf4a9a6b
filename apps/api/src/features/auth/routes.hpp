#pragma once

#include "api/endpoints.hpp"
#include "features/auth/service.hpp"

namespace safargo::auth {

void add_routes(api::Endpoints& endpoints, AuthService& auth);

}  // namespace safargo::auth
