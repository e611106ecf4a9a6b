#pragma once

#include "api/endpoints.hpp"
#include "features/notifications/preferences.hpp"
#include "features/notifications/reports.hpp"

namespace safargo::notifications {

void add_routes(api::Endpoints& endpoints, Reports& reports);
void add_preference_routes(api::Endpoints& endpoints, Preferences& preferences);

}  // namespace safargo::notifications
