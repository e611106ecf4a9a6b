// Moves money through an external provider: the sandbox today, Stripe and Chargily later. Called outside transactions
// only.
//
// What Stripe (PaymentIntents) and Chargily Pay v2 (checkouts) will additionally need:
// - `hold` takes the method (one Chargily serves edahabia and cib), the payer's language and the return URL; it returns
//   the provider's own id ("pi_…", a checkout's), the payment page, and the deadline for capture (Stripe: seven days).
// - A third outcome, `pending`: the payer has yet to pay on that page. The payment stays an intent, neither declined
//   nor an error; the outcome comes by webhook (amount_capturable_updated, checkout.paid), and because webhooks get
//   lost, open intents are polled with `find_hold`.
// - The id is stored before the next step (payments.provider_reference, payments.checkout_url exist) and passed to
//   every later operation: Chargily finds a checkout by nothing else.
// - A provider without holds takes the money at once: a full `capture` is then a no-op, and whatever is released or not
//   captured is refunded. Without refunds either (Chargily), the result is that we owe the money: a payout.
// Amounts are whole dinars here; an adapter whose provider counts centimes (Stripe) multiplies by 100, and nothing else
// does.
#pragma once

#include "core/dinars.hpp"
#include "core/task.hpp"

#include <optional>
#include <string>

namespace safargo {

// Every operation carries an idempotency key: repeating it returns the same outcome and moves nothing twice. An unknown
// outcome (no answer) is thrown as DependencyUnavailable or DeadlineExceeded; ask again with the same key.
class PaymentProvider {
public:
    enum class Outcome { done, declined };

    virtual ~PaymentProvider() = default;
    virtual Task<Outcome> hold(std::string key, std::string reference, Dinars amount) = 0;
    virtual Task<Outcome> capture(std::string key, std::string reference, Dinars amount) = 0;  // the rest is released
    virtual Task<Outcome> release(std::string key, std::string reference) = 0;                 // before capture
    virtual Task<Outcome> refund(std::string key, std::string reference, Dinars amount) = 0;   // after capture
    // declined: no money is held under this reference. nullopt: the provider does not know the reference.
    virtual Task<std::optional<Outcome>> find_hold(std::string reference) = 0;
};

}  // namespace safargo
