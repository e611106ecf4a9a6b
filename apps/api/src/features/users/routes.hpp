#pragma once

#include "api/endpoints.hpp"
#include "features/users/service.hpp"

namespace safargo::users {

void add_routes(api::Endpoints& endpoints, UserService& users);

}  // namespace safargo::users
