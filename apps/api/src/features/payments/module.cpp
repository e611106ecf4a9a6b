#include "features/payments/module.hpp"

#include "features/payments/personal_data.hpp"
#include "features/payments/routes.hpp"

namespace safargo::payments {
namespace {

Providers providers_of(const platform::Platform& platform) {
    return {.sandbox = platform.sandbox};
}

}  // namespace

Module::Module(const platform::Platform& platform)
    : platform_(platform), service_(platform.database, providers_of(platform)) {}

void Module::connect(BookingDesk& desk, PaymentObserver& observer) {
    errands_.emplace(platform_.database, platform_.clock, providers_of(platform_), service_, observer, desk);
    actions_.emplace(platform_.database, platform_.clock, desk, observer, *errands_);
}

void Module::add_routes(api::Endpoints& endpoints) {
    payments::add_routes(endpoints, actions_.value());
}

db::Subscriptions Module::subscriptions() {
    return {errands_.value().subscription()};
}

platform::PersonalData Module::personal_data() const {
    return payments::personal_data();
}

}  // namespace safargo::payments
