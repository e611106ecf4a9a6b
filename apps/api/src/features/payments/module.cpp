#include "features/payments/module.hpp"

#include "features/payments/personal_data.hpp"
#include "features/payments/routes.hpp"

namespace safargo::payments {
namespace {

Providers providers_of(const platform::Platform& platform) {
    return {.sandbox = platform.sandbox, .stripe = platform.stripe};
}

}  // namespace

Module::Module(const platform::Platform& platform, live::Module& live)
    : tasks_(platform.database, platform.clock, providers_of(platform), live.announcer(),
             {.settlement_delay = platform.config.settlement_delay, .web_url = platform.config.web_url}),
      service_(providers_of(platform), tasks_),
      actions_(platform.database, platform.clock, tasks_, live.announcer()),
      notices_(platform.clock, platform.stripe_notices) {}

void Module::add_routes(api::Endpoints& endpoints) {
    payments::add_routes(endpoints, actions_);
    add_webhook_routes(endpoints, notices_);
}

db::Subscriptions Module::subscriptions() {
    return {tasks_.subscription()};
}

std::vector<platform::Job> Module::jobs() {
    using namespace std::chrono_literals;
    return {{"take_lapsing_holds", 600s, [this](Instant now) { return tasks_.take_lapsing(now); }}};
}

std::vector<platform::PruningRule> Module::pruning_rules() const {
    return payments::pruning_rules();
}

platform::PersonalData Module::personal_data() const {
    return payments::personal_data();
}

}  // namespace safargo::payments
