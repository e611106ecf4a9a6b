// Who takes one thread's payments, beside the sandbox: the vendor if configured, otherwise nobody.
#pragma once

#include "adapters/stripe/stripe_provider.hpp"
#include "adapters/stripe/webhook.hpp"
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
    const PaymentNotices* stripe_notices() const { return stripe_notices_ ? &*stripe_notices_ : nullptr; }
    platform::HealthCheck stripe_check() const;  // "stripe"

private:
    Task<net::Response> send(net::Request request);

    Shared& shared_;
    std::optional<net::Client> client_;
    std::optional<stripe::StripeProvider> stripe_;
    std::optional<stripe::StripeNotices> stripe_notices_;
};

}  // namespace safargo::app
