#include "app/thread_services.hpp"

#include "adapters/dev_outbox/routes.hpp"
#include "adapters/sandbox/fault_routes.hpp"
#include "app/database_metrics.hpp"
#include "features/admin/routes.hpp"
#include "features/auth/routes.hpp"
#include "features/bookings/routes.hpp"
#include "features/disputes/routes.hpp"
#include "features/drivers/routes.hpp"
#include "features/geo/routes.hpp"
#include "features/payments/routes.hpp"
#include "features/places/routes.hpp"
#include "features/search/routes.hpp"
#include "features/trips/routes.hpp"
#include "features/users/routes.hpp"
#include "features/vehicles/routes.hpp"

namespace safargo::app {
namespace {

db::Options database_options(const Config& config, std::size_t connections, std::string name) {
    db::Options options;
    options.url = config.database_url;
    options.pool_size = connections;
    options.application_name = std::move(name);
    observe(options);
    return options;
}

auth::AuthOptions auth_options(const Config& config, const crypto::KeyRing& keys) {
    return {.keys = keys, .codes_per_ip = config.otp_ip_limit, .codes_per_day = config.otp_daily_limit};
}

trips::TripRules trip_rules(const Config& config) {
    trips::TripRules rules{.trips_per_day = static_cast<int>(config.trips_per_day),
                           .publications_per_day = {},
                           .kyc_required = config.kyc_required,
                           .start_window = config.trip_start_window};
    if (config.publications_per_day) rules.publications_per_day = static_cast<int>(*config.publications_per_day);
    return rules;
}

// A short ride is one by the clock, which counts where trips have a start window.
bookings::SettlementRules settlement_rules(const Config& config) {
    bookings::SettlementRules rules{.delay = config.settlement_delay, .contest_window = config.contest_window};
    if (config.trip_start_window) rules.short_ride_delay = config.dispute_window;
    return rules;
}

}  // namespace

// The sandbox moves no real money, so production never serves it.
payments::Providers ThreadServices::providers(const Config& config) {
    return {.sandbox = config.development() ? &sandbox_ : nullptr};
}

// No SMS or mail vendor is connected yet: production says so instead of pretending to send.
Messenger& ThreadServices::messenger(const Config& config) {
    if (config.development()) return dev_messenger_;
    return no_messenger_;
}

ThreadServices::ThreadServices(Shared& shared, boost::asio::any_io_executor executor, std::size_t connections,
                               std::string name)
    : database_(executor, database_options(shared.config, connections, name)),
      vendor_database_(executor, database_options(shared.config, 2, name)),
      dev_messenger_(database_, shared.clock),
      notifications_(messenger(shared.config), shared.keys),
      auth_(database_, notifications_, shared.limiter, shared.clock, auth_options(shared.config, shared.keys)),
      users_(database_, shared.clock),
      flags_(database_, shared.cursors),
      drivers_(database_, shared.clock),
      vehicles_(database_, shared.clock, drivers_, shared.cursors, shared.gazetteer.data()),
      trip_neighbours_{drivers_, vehicles_, shared.atlas, shared.cursors, shared.trip_cards},
      trip_editing_(shared.clock, trip_neighbours_, trip_rules(shared.config), trip_listeners_),
      trip_lifecycle_(database_, shared.clock, trip_neighbours_, trip_rules(shared.config), trip_listeners_),
      trip_seats_(drivers_, trip_lifecycle_),
      trip_queries_(database_, shared.clock, trip_neighbours_),
      sandbox_(vendor_database_),
      provider_tasks_(database_, shared.clock, providers(shared.config)),
      payments_(providers(shared.config), provider_tasks_),
      payment_actions_(database_, shared.clock, provider_tasks_),
      transitions_(trip_seats_, payments_, settlement_rules(shared.config)),
      boarding_codes_(shared.keys, shared.config.boarding_signing_key),
      payment_listener_(shared.clock, trip_seats_, payments_, transitions_),
      trip_listener_(shared.clock, transitions_),
      bookings_(database_, shared.clock, trip_seats_, payments_, transitions_, boarding_codes_),
      booking_editing_(shared.clock, trip_seats_, payments_, transitions_, boarding_codes_),
      booking_queries_(database_, shared.clock, trip_seats_, payments_, boarding_codes_, shared.cursors),
      overdue_holds_(database_, trip_seats_, transitions_),
      no_shows_(database_, shared.clock, payments_),
      late_cash_(database_, shared.clock, transitions_),
      notifier_(database_, shared.clock, notifications_),
      trip_notifier_(database_, shared.clock, notifications_),
      disputes_(database_, shared.clock, payments_, transitions_, boarding_codes_, shared.cursors,
                shared.config.dispute_window),
      dispute_notifier_(database_, shared.clock, notifications_),
      geo_(database_, shared.gazetteer, shared.roads, shared.clock),
      places_(database_, shared.cursors),
      search_(database_, shared.index, shared.driver_cards, shared.cursors, shared.clock),
      runtime_{.database = database_,
               .authenticator = auth_,
               .limiter = shared.limiter,
               .clock = shared.clock,
               .committed = shared.committed,
               .rate_limit_per_user = shared.config.rate_limit_user,
               .answers = api::Answers(shared.keys.derive("idempotency"))} {
    trip_listeners_.add(trip_listener_);
    provider_tasks_.set_listener(payment_listener_);
}

void ThreadServices::add_routes(api::Endpoints& endpoints) {
    auth::add_routes(endpoints, auth_);
    users::add_routes(endpoints, users_);
    admin::add_routes(endpoints, flags_);
    drivers::add_routes(endpoints, drivers_);
    vehicles::add_routes(endpoints, vehicles_);
    search::add_routes(endpoints, search_);
    trips::add_routes(endpoints, trip_editing_, trip_lifecycle_, trip_queries_);
    bookings::add_routes(endpoints, bookings_, booking_editing_, booking_queries_);
    disputes::add_routes(endpoints, disputes_);
    payments::add_routes(endpoints, payment_actions_);
    geo_routes::add_routes(endpoints, geo_);
    places::add_routes(endpoints, places_);
}

void ThreadServices::add_development_routes(http::Router& router) {
    dev_outbox::add_routes(router, database_);
    sandbox::add_fault_routes(router, sandbox_);
}

db::OutboxRoutes ThreadServices::outbox_routes() {
    db::OutboxRoutes routes = provider_tasks_.routes();
    routes.push_back(notifications_.outbox_route());
    routes.push_back(notifications_.urgent_route());
    routes.push_back(notifier_.outbox_route());
    routes.push_back(trip_notifier_.outbox_route());
    routes.push_back(no_shows_.outbox_route());
    routes.push_back(dispute_notifier_.outbox_route());
    routes.push_back(late_cash_.outbox_route());
    return routes;
}

}  // namespace safargo::app
