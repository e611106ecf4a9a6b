#include "features/live/module.hpp"

#include "features/live/personal_data.hpp"
#include "features/live/pruning.hpp"
#include "features/live/routes.hpp"

namespace safargo::live {

Module::Module(const platform::Platform& platform, Switchboard& switchboard)
    : database_(platform.database), clock_(platform.clock), switchboard_(switchboard) {
    if (platform.wakeups != nullptr) switchboard_.bells.connect(*platform.wakeups);
}

void Module::add_routes(api::Endpoints& endpoints) {
    streams_.emplace(database_, clock_, endpoints.runtime().authenticator, switchboard_);
    live::add_routes(endpoints, *streams_);
}

std::vector<platform::PruningRule> Module::pruning_rules() const {
    return live::pruning_rules();
}

platform::PersonalData Module::personal_data() const {
    return live::personal_data();
}

}  // namespace safargo::live
