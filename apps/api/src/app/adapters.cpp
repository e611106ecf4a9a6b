#include "app/adapters.hpp"

#include "adapters/dev_outbox/routes.hpp"
#include "adapters/sandbox/checkout_routes.hpp"
#include "adapters/sandbox/fault_routes.hpp"
#include "app/redis_options.hpp"

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

// Without Redis everything still works, and each replica allows its share of every limit.
platform::HealthCheck redis_check(const redis::Standing& standing) {
    return {"redis", [&standing] {
                const auto latency_ms = standing.latency_ms();
                const platform::DependencyStatus status{latency_ms ? "ok" : "down", latency_ms};
                return platform::HealthFinding{
                    .shown = contract::to_json(status),
                    .health = latency_ms ? platform::Health::ok : platform::Health::degraded};
            }};
}

// Without OpenSearch everything still works: PostgreSQL searches.
platform::HealthCheck opensearch_check(const opensearch::Status& status) {
    return {"opensearch", [&status] {
                const auto latency_ms = status.latency_ms();
                const platform::DependencyStatus shown{latency_ms ? "ok" : "down", latency_ms};
                return platform::HealthFinding{
                    .shown = contract::to_json(shown),
                    .health = latency_ms ? platform::Health::ok : platform::Health::degraded};
            }};
}

}  // namespace

Adapters::Adapters(Shared& shared, boost::asio::any_io_executor executor, db::Database& database,
                   db::Database& vendor_database)
    : shared_(shared),
      database_(database),
      limiter_(shared.rate_counts),
      pictures_(pictures::program_beside_this(), shared.picture_slots),
      messages_(shared, executor, database),
      sandbox_(vendor_database, shared.clock, shared.config.public_url),
      payments_(shared, executor),
      objects_(shared, executor) {
    const Config& config = shared.config;
    if (!config.opensearch_url.empty())
        opensearch_ = std::make_unique<opensearch::OpenSearchPlaces>(
            executor, net::ClientOptions{.ca_file = config.ca_file}, opensearch::Endpoint::parse(config.opensearch_url),
            shared.opensearch);
    if (config.redis_url.empty()) return;
    redis_ = std::make_unique<redis::Stores>(std::move(executor), redis_options(config), shared.redis,
                                             shared.rate_counts, config.api_replicas);
}

void Adapters::add_development_routes(http::Router& router) {
    dev_outbox::add_routes(router, database_);
    sandbox::add_fault_routes(router, sandbox_);
    sandbox::add_checkout_routes(router, sandbox_);
    objects_.add_development_routes(router);
}

std::vector<platform::HealthCheck> Adapters::health_checks() {
    return {redis_ ? redis_check(shared_.redis) : platform::disabled("redis"),
            objects_.health_check(),
            pictures_check(pictures::program_beside_this()),
            messages_.sms_check(),
            messages_.mail_check(),
            payments_.stripe_check(),
            opensearch_ ? opensearch_check(shared_.opensearch) : platform::disabled("opensearch")};
}

RateLimiter& Adapters::limiter() {
    if (redis_) return redis_->limiter();
    return limiter_;
}

Cache* Adapters::cache() {
    return redis_ ? &redis_->cache() : nullptr;
}

std::vector<platform::Job> Adapters::jobs() {
    return objects_.jobs();
}

// The sandbox moves no real money, so production never offers it.
PaymentProvider* Adapters::sandbox() {
    return development() ? &sandbox_ : nullptr;
}

PlaceIndex* Adapters::place_index() {
    return opensearch_.get();
}

}  // namespace safargo::app
