#include "app/adapters.hpp"

#include "adapters/dev_outbox/routes.hpp"
#include "adapters/opensearch/place_index.hpp"
#include "adapters/sandbox/fault_routes.hpp"

namespace safargo::app {
namespace {

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

struct Adapters::OpenSearch {
    OpenSearch(boost::asio::any_io_executor executor, const std::string& url, opensearch::Status& status)
        : client(executor, {}), places(client, opensearch::Endpoint::parse(url), status) {}

    net::Client client;
    opensearch::OpenSearchPlaces places;
};

Adapters::Adapters(Shared& shared, boost::asio::any_io_executor executor, db::Database& database,
                   db::Database& vendor_database)
    : shared_(shared),
      database_(database),
      limiter_(shared.rate_counts),
      dev_sms_(database, shared.clock, Channel::sms),
      dev_mail_(database, shared.clock, Channel::email),
      sandbox_(vendor_database) {
    const std::string& opensearch_url = shared.config.opensearch_url;
    if (!opensearch_url.empty())
        opensearch_ = std::make_unique<OpenSearch>(executor, opensearch_url, shared.opensearch);
}

Adapters::~Adapters() = default;

void Adapters::add_development_routes(http::Router& router) {
    dev_outbox::add_routes(router, database_);
    sandbox::add_fault_routes(router, sandbox_);
}

// The rate limiter counts in this process and needs no check.
std::vector<platform::HealthCheck> Adapters::health_checks() {
    return {platform::disabled("redis"),
            opensearch_ ? opensearch_check(shared_.opensearch) : platform::disabled("opensearch")};
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

PlaceIndex* Adapters::place_index() {
    return opensearch_ ? &opensearch_->places : nullptr;
}

}  // namespace safargo::app
