// Disputes over rides and no-shows.
#pragma once

#include "features/bookings/module.hpp"
#include "features/disputes/notifier.hpp"
#include "features/disputes/service.hpp"
#include "features/notifications/module.hpp"
#include "features/payments/module.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::disputes {

class Module final : public platform::Module {
public:
    Module(const platform::Platform& platform, notifications::Module& notifications, payments::Module& payments,
           bookings::Module& bookings);

    void add_routes(api::Endpoints& endpoints) override;
    db::OutboxRoutes outbox_routes() override;
    platform::PersonalData personal_data() const override;

private:
    DisputeService service_;
    DisputeNotifier notifier_;
};

}  // namespace safargo::disputes
