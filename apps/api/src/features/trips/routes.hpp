#pragma once

#include "api/endpoints.hpp"
#include "features/trips/editing.hpp"
#include "features/trips/lifecycle.hpp"
#include "features/trips/queries.hpp"

namespace safargo::trips {

void add_routes(api::Endpoints& endpoints, TripEditing& editing, TripLifecycle& lifecycle, TripQueries& queries);

}  // namespace safargo::trips
