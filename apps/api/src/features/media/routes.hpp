#pragma once

#include "api/endpoints.hpp"
#include "features/media/finishing.hpp"
#include "features/media/permits.hpp"

namespace safargo::media {

void add_routes(api::Endpoints& endpoints, const Permits& permits, Finishing& finishing);

}  // namespace safargo::media
