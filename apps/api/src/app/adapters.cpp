#include "app/adapters.hpp"

#include "adapters/dev_outbox/routes.hpp"
#include "adapters/sandbox/fault_routes.hpp"

#include <unistd.h>

namespace safargo::app {
namespace {

// Whether the program is there; it is started for each picture.
platform::HealthCheck pictures_check(std::string program) {
    const auto now = [program = std::move(program)] {
        const bool there = access(program.c_str(), X_OK) == 0;
        return platform::HealthFinding{
            .shown = contract::to_json(platform::DependencyStatus{there ? "ok" : "down", std::nullopt}),
            .health = there ? platform::Health::ok : platform::Health::degraded};
    };
    return {"pictures", now};
}

}  // namespace

Adapters::Adapters(Shared& shared, db::Database& database, db::Database& vendor_database)
    : shared_(shared),
      database_(database),
      limiter_(shared.rate_counts),
      pictures_(pictures::program_beside_this(), shared.picture_slots),
      dev_sms_(database, shared.clock, Channel::sms),
      dev_mail_(database, shared.clock, Channel::email),
      sandbox_(vendor_database) {}

void Adapters::add_development_routes(http::Router& router) {
    dev_outbox::add_routes(router, database_);
    sandbox::add_fault_routes(router, sandbox_);
}

// The rate limiter counts in this process and needs no check.
std::vector<platform::HealthCheck> Adapters::health_checks() {
    return {platform::disabled("redis"), pictures_check(pictures::program_beside_this())};
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
