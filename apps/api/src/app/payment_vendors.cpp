#include "app/payment_vendors.hpp"

#include "core/failures.hpp"

#include <chrono>
#include <utility>

namespace safargo::app {
namespace {

// It answers, and takes our key.
bool works(const net::Response& response) {
    return response.status < 500 && response.status != 401 && response.status != 403;
}

}  // namespace

// Without a web site its customers have nowhere to come back to.
PaymentVendors::PaymentVendors(Shared& shared, const boost::asio::any_io_executor& executor) : shared_(shared) {
    const Config& config = shared.config;
    if (config.stripe_secret_key.empty() || config.web_url.empty()) return;
    client_.emplace(executor, net::ClientOptions{.ca_file = config.ca_file});
    stripe_.emplace([this](net::Request request) { return send(std::move(request)); },
                    stripe::Account{.secret_key = config.stripe_secret_key, .api_base = config.stripe_api_base});
    stripe_notices_.emplace(config.stripe_webhook_secret, shared.clock);
}

Task<net::Response> PaymentVendors::send(net::Request request) {
    const auto began = std::chrono::steady_clock::now();
    try {
        net::Response response = co_await client_->send(std::move(request));
        if (works(response)) {
            shared_.stripe.answered(std::chrono::steady_clock::now() - began);
        } else {
            shared_.stripe.failed();
        }
        co_return response;
    } catch (const DependencyUnavailable&) {
        shared_.stripe.failed();
        throw;
    } catch (const DeadlineExceeded&) {
        shared_.stripe.failed();
        throw;
    }
}

// Without it bookings can be paid by other methods, and money that has to move waits in the outbox.
platform::HealthCheck PaymentVendors::stripe_check() const {
    if (!stripe_) return platform::disabled("stripe");
    return {"stripe", [&status = shared_.stripe] {
                const bool up = status.up();
                return platform::HealthFinding{
                    .shown = contract::to_json(platform::DependencyStatus{up ? "ok" : "down", status.latency_ms()}),
                    .health = up ? platform::Health::ok : platform::Health::degraded};
            }};
}

}  // namespace safargo::app
