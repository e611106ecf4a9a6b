#pragma once

#include "api/endpoints.hpp"
#include "features/places/gallery.hpp"

namespace safargo::places {

void add_gallery_routes(api::Endpoints& endpoints, PlaceGallery& gallery);

}  // namespace safargo::places
