#include "app/adapters.hpp"

#include "adapters/dev_outbox/routes.hpp"
#include "adapters/sandbox/fault_routes.hpp"

namespace safargo::app {

Adapters::Adapters(Shared& shared, boost::asio::any_io_executor executor, db::Database& database,
                   db::Database& vendor_database)
    : shared_(shared),
      database_(database),
      limiter_(shared.rate_counts),
      dev_sms_(database, shared.clock, Channel::sms),
      dev_mail_(database, shared.clock, Channel::email),
      sandbox_(vendor_database),
      objects_(shared, std::move(executor)) {}

void Adapters::add_development_routes(http::Router& router) {
    dev_outbox::add_routes(router, database_);
    sandbox::add_fault_routes(router, sandbox_);
    objects_.add_development_routes(router);
}

// The rate limiter counts in this process and needs no check.
std::vector<platform::HealthCheck> Adapters::health_checks() {
    return {platform::disabled("redis"), objects_.health_check()};
}

std::vector<platform::Job> Adapters::jobs() {
    return objects_.jobs();
}

// No SMS or mail vendor is connected yet: production reports that instead of pretending to send.
Messengers Adapters::messengers() {
    if (!development()) return {};
    return {.sms = &dev_sms_, .email = &dev_mail_};
}

// The sandbox moves no real money, so production never offers it.
PaymentProvider* Adapters::sandbox() {
    return development() ? &sandbox_ : nullptr;
}

}  // namespace safargo::app
