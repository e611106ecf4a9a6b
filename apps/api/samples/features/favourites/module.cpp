#include "features/favourites/module.hpp"

#include "features/favourites/personal_data.hpp"
#include "features/favourites/routes.hpp"

namespace safargo::favourites {

void Module::add_routes(api::Endpoints& endpoints) {
    favourites::add_routes(endpoints, service_);
}

platform::PersonalData Module::personal_data() const {
    return favourites::personal_data();
}

}  // namespace safargo::favourites
