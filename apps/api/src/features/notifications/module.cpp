#include "features/notifications/module.hpp"

#include "features/notifications/personal_data.hpp"
#include "features/notifications/preview.hpp"
#include "features/notifications/routes.hpp"

namespace safargo::notifications {

void Module::add_routes(api::Endpoints& endpoints) {
    notifications::add_routes(endpoints, reports_);
    add_preference_routes(endpoints, preferences_);
    add_browser_routes(endpoints, browsers_);
}

void Module::add_development_routes(http::Router& router) {
    add_preview_routes(router);
}

db::Subscriptions Module::subscriptions() {
    return {service_.subscription(), service_.urgent_subscription()};
}

std::vector<platform::Job> Module::jobs() {
    using namespace std::chrono_literals;
    return {{"end_quiet_hours", 20s, [this](Instant now) { return service_.end_quiet_hours(now); }}};
}

std::vector<platform::PruningRule> Module::pruning_rules() const {
    return delivery_pruning_rules();
}

platform::PersonalData Module::personal_data() const {
    return notifications::personal_data();
}

}  // namespace safargo::notifications
