// Who moves money outside: sandbox now, Stripe and Chargily later. Called outside transactions only.
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
