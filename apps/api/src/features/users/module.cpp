#include "features/users/module.hpp"

#include "features/users/personal_data.hpp"
#include "features/users/routes.hpp"

namespace safargo::users {

void Module::add_routes(api::Endpoints& endpoints) {
    users::add_routes(endpoints, service_);
}

platform::PersonalData Module::personal_data() const {
    return users::personal_data();
}

}  // namespace safargo::users
