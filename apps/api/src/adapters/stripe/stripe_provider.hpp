// Cards through Stripe: an attempt is a Checkout session, a page of Stripe's where the customer enters their card, and
// the money is its PaymentIntent, held by manual capture or taken at once. API version 2026-10-28.endive.
// Docs: Checkout sessions, PaymentIntents, Refunds, Search, Idempotent requests, of Stripe's API reference.
#pragma once

#include "adapters/stripe/answers.hpp"
#include "net/client.hpp"
#include "ports/payment_provider.hpp"

#include <functional>
#include <string>

namespace safargo::stripe {

struct Account {
    std::string secret_key;
    std::string api_base = "https://api.stripe.com";
};

// net::Client::send.
using Send = std::function<Task<net::Response>(net::Request)>;

class StripeProvider final : public PaymentProvider {
public:
    StripeProvider(Send send, Account account) : send_(std::move(send)), account_(std::move(account)) {}

    // The order needs a return_url.
    Task<Attempt> open(std::string key, AttemptOrder order) override;
    Task<Attempt> hold(std::string key, AttemptName name) override;
    Task<std::optional<Attempt>> find(AttemptName name) override;
    Task<Attempt> capture(std::string key, AttemptName name, Dinars amount) override;
    Task<Attempt> release(std::string key, AttemptName name) override;
    Task<bool> refund(std::string key, AttemptName name, Dinars amount) override;
    Task<bool> has_refunded(std::string key, AttemptName name) override;

private:
    struct Call {
        std::string operation;  // for metrics
        std::string path;       // below the base, with its query
        std::string form{};     // "": GET
        std::string key{};      // of a POST
    };
    Task<net::Response> ask(Call call);
    Task<std::optional<net::Response>> look_up(Call call);
    Task<bool> change(Call call);
    Task<Attempt> now(AttemptName name);
    Task<std::optional<Intent>> find_intent(AttemptName name);
    Task<std::optional<Session>> find_session(std::string id);
    Task<std::optional<Intent>> search(AttemptName name);

    Send send_;
    Account account_;
};

}  // namespace safargo::stripe
