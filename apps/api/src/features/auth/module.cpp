#include "features/auth/module.hpp"

#include "features/auth/personal_data.hpp"
#include "features/auth/pruning.hpp"
#include "features/auth/routes.hpp"

namespace safargo::auth {
namespace {

AuthOptions options_of(const platform::Platform& platform) {
    return {.keys = platform.keys,
            .codes_per_ip = platform.config.otp_ip_limit,
            .codes_per_day = platform.config.otp_daily_limit};
}

}  // namespace

Module::Module(const platform::Platform& platform, notifications::Module& notifications)
    : service_(platform.database, notifications.service(), platform.limiter, platform.clock, options_of(platform)) {}

void Module::add_routes(api::Endpoints& endpoints) {
    auth::add_routes(endpoints, service_);
}

std::vector<platform::PruningRule> Module::pruning_rules() const {
    return auth::pruning_rules();
}

platform::PersonalData Module::personal_data() const {
    return auth::personal_data();
}

}  // namespace safargo::auth
