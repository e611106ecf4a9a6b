#pragma once

#include "api/endpoints.hpp"
#include "features/notifications/browsers.hpp"
#include "features/notifications/preferences.hpp"
#include "features/notifications/reports.hpp"

namespace safargo::notifications {

void add_routes(api::Endpoints& endpoints, Reports& reports);
void add_preference_routes(api::Endpoints& endpoints, Preferences& preferences);
void add_browser_routes(api::Endpoints& endpoints, Browsers& browsers);

}  // namespace safargo::notifications
