// Who takes one thread's payments, beside the sandbox: the vendor if configured, otherwise nobody.
#pragma once

#include "adapters/stripe/stripe_provider.hpp"
#include "app/shared.hpp"
#include "net/client.hpp"
#include "platform/health_check.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <optional>

namespace safargo::app {

class PaymentVendors {
public:
    PaymentVendors(Shared& shared, const boost::asio::any_io_executor& executor);

    PaymentProvider* stripe() { return stripe_ ? &*stripe_ : nullptr; }
    platform::HealthCheck stripe_check() const;  // "stripe"

private:
    Task<net::Response> send(net::Request request);

    Shared& shared_;
    std::optional<net::Client> client_;
    std::optional<stripe::StripeProvider> stripe_;
};

}  // namespace safargo::app
