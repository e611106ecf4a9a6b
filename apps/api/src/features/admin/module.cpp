#include "features/admin/module.hpp"

#include "features/admin/routes.hpp"

namespace safargo::admin {

void Module::add_routes(api::Endpoints& endpoints) {
    admin::add_routes(endpoints, flags_);
}

}  // namespace safargo::admin
