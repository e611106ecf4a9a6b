// Payments: what bookings call, what people do with them, and what goes to the provider.
#pragma once

#include "features/live/module.hpp"
#include "features/payments/notices.hpp"
#include "features/payments/payment_actions.hpp"
#include "features/payments/payment_service.hpp"
#include "features/payments/provider_tasks.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::payments {

class Module final : public platform::Module {
public:
    Module(const platform::Platform& platform, live::Module& live);

    // The listener that knows the bookings being paid for. To be set before the first request or outbox row.
    void set_listener(PaymentListener& listener) { tasks_.set_listener(listener); }

    void add_routes(api::Endpoints& endpoints) override;
    db::Subscriptions subscriptions() override;
    std::vector<platform::Job> jobs() override;
    std::vector<platform::PruningRule> pruning_rules() const override;
    platform::PersonalData personal_data() const override;

    Payments& service() { return service_; }

private:
    ProviderTasks tasks_;
    PaymentService service_;
    PaymentActions actions_;
    Notices notices_;
};

}  // namespace safargo::payments
