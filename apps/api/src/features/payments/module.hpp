// Payments: what bookings ask of them, what people do with them, and what goes to the provider.
#pragma once

#include "features/payments/payment_actions.hpp"
#include "features/payments/payment_service.hpp"
#include "features/payments/provider_errands.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::payments {

class Module final : public platform::Module {
public:
    explicit Module(const platform::Platform& platform);

    // Who knows the bookings that money is for; before anything is declared.
    void connect(BookingDesk& desk, PaymentObserver& observer);

    void add_routes(api::Endpoints& endpoints) override;
    db::Subscriptions subscriptions() override;
    platform::PersonalData personal_data() const override;

    PaymentService& service() { return service_; }

private:
    const platform::Platform& platform_;
    PaymentService service_;
    // From `connect` on.
    std::optional<ProviderErrands> errands_;
    std::optional<PaymentActions> actions_;
};

}  // namespace safargo::payments
