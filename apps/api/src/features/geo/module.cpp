#include "features/geo/module.hpp"

#include "features/geo/routes.hpp"

namespace safargo::geo_routes {

void Module::add_routes(api::Endpoints& endpoints) {
    geo_routes::add_routes(endpoints, service_);
}

}  // namespace safargo::geo_routes
