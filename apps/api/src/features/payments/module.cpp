#include "features/payments/module.hpp"

#include "features/payments/personal_data.hpp"
#include "features/payments/routes.hpp"

namespace safargo::payments {
namespace {

Providers providers_of(const platform::Platform& platform) {
    return {.sandbox = platform.sandbox};
}

}  // namespace

Module::Module(const platform::Platform& platform, live::Module& live)
    : tasks_(platform.database, platform.clock, providers_of(platform), live.announcer()),
      service_(providers_of(platform), tasks_),
      actions_(platform.database, platform.clock, tasks_, live.announcer()) {}

void Module::add_routes(api::Endpoints& endpoints) {
    payments::add_routes(endpoints, actions_);
}

db::Subscriptions Module::subscriptions() {
    return {tasks_.subscription()};
}

platform::PersonalData Module::personal_data() const {
    return payments::personal_data();
}

}  // namespace safargo::payments
