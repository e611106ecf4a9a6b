#pragma once

#include "api/endpoints.hpp"
#include "features/places/service.hpp"

namespace safargo::places {

// `kept_in`: where answers are kept for everyone; null for nowhere.
void add_routes(api::Endpoints& endpoints, PlaceService& places, api::PublicAnswers* kept_in = nullptr);

}  // namespace safargo::places
