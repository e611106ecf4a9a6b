// Disputes over rides and no-shows.
#pragma once

#include "features/bookings/module.hpp"
#include "features/disputes/notifier.hpp"
#include "features/disputes/service.hpp"
#include "features/disputes/trip_listener.hpp"
#include "features/live/module.hpp"
#include "features/notifications/module.hpp"
#include "features/payments/module.hpp"
#include "features/trips/module.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::disputes {

class Module final : public platform::Module {
public:
    // Its trip listener runs after that of bookings, which registered before it.
    Module(const platform::Platform& platform, live::Module& live, notifications::Module& notifications,
           trips::Module& trips, payments::Module& payments, bookings::Module& bookings);

    void add_routes(api::Endpoints& endpoints) override;
    db::Subscriptions subscriptions() override;
    platform::PersonalData personal_data() const override;

private:
    DisputeService service_;
    DisputeNotifier notifier_;
    DisputeTripListener trip_listener_;
};

}  // namespace safargo::disputes
