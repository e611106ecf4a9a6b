// Who moves money outside: sandbox now, Stripe and Chargily later. Called outside transactions only.
//
// What Stripe (PaymentIntents) and Chargily Pay v2 (checkouts) need beyond this, to come with them:
// - `hold` is told the method (one Chargily serves edahabia and cib), the payer's language and where the payer returns
//   to; it answers the provider's own id ("pi_…", a checkout's), the page where the payer pays, and until when it can
//   be captured (Stripe: seven days).
// - a third outcome, `pending`: the payer has yet to pay there. The payment stays an intent, which is neither declined
//   nor an error; the outcome comes by webhook (amount_capturable_updated, checkout.paid), and because webhooks get
//   lost, open intents are polled with `find_hold`.
// - the id is stored before the next step (payments.provider_reference, payments.checkout_url are there) and given to
//   every later operation: Chargily finds a checkout by nothing else.
// - a provider that cannot hold takes the money at once: `capture` of all is then nothing, and what is not captured or
//   is released goes back by refunds. Where it has none either (Chargily), the answer is that we owe it: a payout.
// Amounts stay whole dinars here; who counts centimes (Stripe) multiplies by 100 in the adapter and nowhere else.
#pragma once

#include "core/dinars.hpp"
#include "core/task.hpp"

#include <optional>
#include <string>

namespace safargo {

// Every operation carries a key of ours: the same key again answers the same outcome and moves nothing twice.
// An unknown outcome (no answer) is thrown as DependencyUnavailable or DeadlineExceeded; ask again with the same key.
class PaymentProvider {
public:
    enum class Outcome { done, declined };

    virtual ~PaymentProvider() = default;
    virtual Task<Outcome> hold(std::string key, std::string reference, Dinars amount) = 0;
    virtual Task<Outcome> capture(std::string key, std::string reference, Dinars amount) = 0;  // the rest is released
    virtual Task<Outcome> release(std::string key, std::string reference) = 0;                 // before capture
    virtual Task<Outcome> refund(std::string key, std::string reference, Dinars amount) = 0;   // after capture
    // declined: there is no money on hold under this reference. nullopt: the provider never heard of it.
    virtual Task<std::optional<Outcome>> find_hold(std::string reference) = 0;
};

}  // namespace safargo
