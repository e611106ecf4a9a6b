#include "features/search/module.hpp"

#include "features/search/routes.hpp"
#include "features/search/trip_feed.hpp"

namespace safargo::search {

Module::Module(const platform::Platform& platform, const DriverCards& cards)
    : database_(platform.database),
      service_(platform.database, platform.index, cards, platform.cursors, platform.clock) {}

void Module::add_routes(api::Endpoints& endpoints) {
    search::add_routes(endpoints, service_);
}

std::vector<platform::Job> Module::jobs() {
    using namespace std::chrono_literals;
    return {{"prune_trip_changes", 60s, [this](Instant now) { return prune_trip_changes(database_, now); }}};
}

}  // namespace safargo::search
