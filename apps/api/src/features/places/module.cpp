#include "features/places/module.hpp"

#include "features/places/gallery_routes.hpp"
#include "features/places/routes.hpp"

namespace safargo::places {

void Module::add_routes(api::Endpoints& endpoints) {
    places::add_routes(endpoints, service_);
    add_gallery_routes(endpoints, gallery_);
}

}  // namespace safargo::places
