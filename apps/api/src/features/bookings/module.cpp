#include "features/bookings/module.hpp"

#include "features/bookings/personal_data.hpp"
#include "features/bookings/routes.hpp"

namespace safargo::bookings {
namespace {

// Whether a ride is short depends on the clock, so it only applies where trips have a start window.
SettlementRules rules_of(const Config& config) {
    SettlementRules rules{.delay = config.settlement_delay, .contest_window = config.contest_window};
    if (config.trip_start_window) rules.short_ride_delay = config.dispute_window;
    return rules;
}

Task<void> expire_holds(OverdueHolds& holds, Instant now) {
    co_await holds.expire_all(now);
}

}  // namespace

Module::Module(const platform::Platform& platform, live::Module& live, notifications::Module& notifications,
               trips::Module& trips, payments::Module& payments)
    : transitions_(trips.seats(), payments.service(), rules_of(platform.config), live.announcer()),
      boarding_codes_(platform.keys, platform.config.boarding_signing_key),
      payment_listener_(platform.clock, trips.seats(), payments.service(), transitions_),
      trip_listener_(platform.clock, transitions_, live.announcer()),
      service_(platform.database, platform.clock, trips.seats(), payments.service(), transitions_, boarding_codes_),
      editing_(platform.clock, trips.seats(), payments.service(), transitions_, boarding_codes_),
      queries_(platform.database, platform.clock, trips.seats(), payments.service(), boarding_codes_, platform.cursors),
      overdue_holds_(platform.database, trips.seats(), transitions_),
      no_shows_(platform.database, platform.clock, payments.service()),
      late_cash_(platform.database, platform.clock, transitions_),
      notifier_(platform.database, platform.clock, notifications.service()),
      trip_notifier_(platform.database, platform.clock, notifications.service()) {
    trips.add_listener(trip_listener_);
    payments.set_listener(payment_listener_);
}

void Module::add_routes(api::Endpoints& endpoints) {
    bookings::add_routes(endpoints, service_, editing_, queries_);
}

db::Subscriptions Module::subscriptions() {
    return {notifier_.subscription(), trip_notifier_.subscription(), no_shows_.subscription(),
            late_cash_.subscription()};
}

std::vector<platform::Job> Module::jobs() {
    using namespace std::chrono_literals;
    return {{"expire_holds", 1s, [this](Instant now) { return expire_holds(overdue_holds_, now); }}};
}

platform::PersonalData Module::personal_data() const {
    return bookings::personal_data();
}

}  // namespace safargo::bookings
