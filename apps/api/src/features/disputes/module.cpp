#include "features/disputes/module.hpp"

#include "features/disputes/personal_data.hpp"
#include "features/disputes/routes.hpp"

namespace safargo::disputes {

Module::Module(const platform::Platform& platform, live::Module& live, notifications::Module& notifications,
               trips::Module& trips, payments::Module& payments, bookings::Module& bookings)
    : service_(platform.database, platform.clock, payments.service(), bookings.transitions(), bookings.boarding_codes(),
               platform.cursors, platform.config.dispute_window, live.announcer()),
      notifier_(platform.database, platform.clock, notifications.service()) {
    trips.add_listener(trip_listener_);
}

void Module::add_routes(api::Endpoints& endpoints) {
    disputes::add_routes(endpoints, service_);
}

db::Subscriptions Module::subscriptions() {
    return {notifier_.subscription()};
}

platform::PersonalData Module::personal_data() const {
    return disputes::personal_data();
}

}  // namespace safargo::disputes
