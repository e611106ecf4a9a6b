#pragma once

#include "api/endpoints.hpp"
#include "features/favourites/service.hpp"

namespace safargo::favourites {

void add_routes(api::Endpoints& endpoints, FavouriteService& favourites);

}  // namespace safargo::favourites
