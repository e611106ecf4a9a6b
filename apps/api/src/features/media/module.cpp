#include "features/media/module.hpp"

#include "features/media/personal_data.hpp"
#include "features/media/pruning.hpp"
#include "features/media/routes.hpp"

namespace safargo::media {

Module::Module(const platform::Platform& platform)
    : permits_(platform.objects, platform.clock),
      finishing_(platform.database, platform.clock, platform.objects, platform.pictures),
      sweeping_(platform.database, platform.objects),
      documents_(platform.objects, platform.clock) {}

void Module::add_routes(api::Endpoints& endpoints) {
    media::add_routes(endpoints, permits_, finishing_);
}

db::Subscriptions Module::subscriptions() {
    return {sweeping_.subscription()};
}

std::vector<platform::Job> Module::jobs() {
    using namespace std::chrono_literals;
    return {{"sweep_uploads", 60s, [this](Instant now) { return sweeping_.sweep(now); }}};
}

std::vector<platform::PruningRule> Module::pruning_rules() const {
    return media::pruning_rules();
}

platform::PersonalData Module::personal_data() const {
    return media::personal_data();
}

}  // namespace safargo::media
