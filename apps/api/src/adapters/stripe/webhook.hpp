// What Stripe sends to our webhook, signed: "Stripe-Signature: t=1700000000,v1=…,v1=…" over "t.body".
// https://docs.stripe.com/webhooks/signatures
#pragma once

#include "core/clock.hpp"
#include "ports/payment_notices.hpp"

#include <chrono>
#include <string>

namespace safargo::stripe {

inline constexpr std::chrono::seconds signature_tolerance{300};  // both ways

// While a secret is rotated there are several v1; one has to be ours. Compared in constant time.
bool is_signed(std::string_view header, std::string_view body, std::string_view secret, Instant now);

// nullopt for what is no event of API version 1, such as "v2.core.event".
std::optional<PaymentNotice> read_event(std::string_view body);

class StripeNotices final : public PaymentNotices {
public:
    StripeNotices(std::string secret, const Clock& clock) : secret_(std::move(secret)), clock_(clock) {}
    std::optional<PaymentNotice> read(std::string_view signature, std::string_view body) const override;

private:
    std::string secret_;
    const Clock& clock_;
};

}  // namespace safargo::stripe
