// Who serves which online method in this process.
#pragma once

#include "features/payments/service.hpp"
#include "ports/payment_provider.hpp"

#include <stdexcept>

namespace safargo::payments {

struct Providers {
    PaymentProvider* sandbox = nullptr;  // development only
    PaymentProvider* stripe = nullptr;

    PaymentProvider* serving(Method method) const {
        if (method == Method::sandbox) return sandbox;
        return method == Method::card ? stripe : nullptr;
    }
    // For an opened payment, whose method was accepted; if the provider's keys are missing now, the payment has to
    // wait.
    PaymentProvider& of(Method method) const {
        PaymentProvider* provider = serving(method);
        if (provider == nullptr) throw std::runtime_error("no payment provider serves this method here");
        return *provider;
    }
};

}  // namespace safargo::payments
