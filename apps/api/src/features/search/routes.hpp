#pragma once

#include "api/endpoints.hpp"
#include "features/search/service.hpp"

namespace safargo::search {

void add_routes(api::Endpoints& endpoints, SearchService& search);

}  // namespace safargo::search
