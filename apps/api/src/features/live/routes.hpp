#pragma once

#include "api/endpoints.hpp"
#include "features/live/stream_service.hpp"

namespace safargo::live {

void add_routes(api::Endpoints& endpoints, StreamService& streams);

}  // namespace safargo::live
