#include "features/users/module.hpp"

#include "features/users/routes.hpp"

namespace safargo::users {

void Module::add_routes(api::Endpoints& endpoints) {
    users::add_routes(endpoints, service_);
}

}  // namespace safargo::users
