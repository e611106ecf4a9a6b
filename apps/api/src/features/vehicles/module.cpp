#include "features/vehicles/module.hpp"

#include "features/vehicles/personal_data.hpp"
#include "features/vehicles/routes.hpp"

namespace safargo::vehicles {

Module::Module(const platform::Platform& platform, drivers::Module& drivers)
    : service_(platform.database, platform.clock, drivers.service(), platform.cursors, platform.gazetteer.data()) {}

void Module::add_routes(api::Endpoints& endpoints) {
    vehicles::add_routes(endpoints, service_);
}

platform::PersonalData Module::personal_data() const {
    return vehicles::personal_data();
}

}  // namespace safargo::vehicles
