#pragma once

#include "api/endpoints.hpp"
#include "features/notifications/reports.hpp"

namespace safargo::notifications {

void add_routes(api::Endpoints& endpoints, Reports& reports);

}  // namespace safargo::notifications
