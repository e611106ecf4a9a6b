#include "features/drivers/module.hpp"

#include "features/drivers/personal_data.hpp"
#include "features/drivers/routes.hpp"

namespace safargo::drivers {

void Module::add_routes(api::Endpoints& endpoints) {
    drivers::add_routes(endpoints, service_);
}

platform::PersonalData Module::personal_data() const {
    return drivers::personal_data();
}

}  // namespace safargo::drivers
