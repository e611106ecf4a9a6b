#include "features/trips/module.hpp"

#include "features/trips/personal_data.hpp"
#include "features/trips/routes.hpp"

namespace safargo::trips {
namespace {

TripRules rules_of(const Config& config) {
    TripRules rules{.trips_per_day = static_cast<int>(config.trips_per_day),
                    .publications_per_day = {},
                    .kyc_required = config.kyc_required,
                    .start_window = config.trip_start_window};
    if (config.publications_per_day) rules.publications_per_day = static_cast<int>(*config.publications_per_day);
    return rules;
}

// Overdue trips: 12 h after the planned arrival they complete if anyone boarded, otherwise they are cancelled.
Task<void> close_overdue(TripLifecycle& trips, Instant now) {
    co_await trips.complete_overdue(now);
}

}  // namespace

Module::Module(const platform::Platform& platform, live::Module& live, drivers::Module& drivers,
               vehicles::Module& vehicles, CardCache& cards, const Atlas& atlas)
    : neighbours_{drivers.service(), vehicles.service(), atlas, platform.cursors, cards},
      editing_(platform.clock, neighbours_, rules_of(platform.config), listeners_, live.announcer()),
      lifecycle_(platform.database, platform.clock, neighbours_, rules_of(platform.config), listeners_,
                 live.announcer()),
      seats_(drivers.service(), lifecycle_),
      queries_(platform.database, platform.clock, neighbours_) {}

void Module::add_routes(api::Endpoints& endpoints) {
    trips::add_routes(endpoints, editing_, lifecycle_, queries_);
}

std::vector<platform::Job> Module::jobs() {
    using namespace std::chrono_literals;
    return {{"close_trips", 60s, [this](Instant now) { return close_overdue(lifecycle_, now); }}};
}

platform::PersonalData Module::personal_data() const {
    return trips::personal_data();
}

}  // namespace safargo::trips
