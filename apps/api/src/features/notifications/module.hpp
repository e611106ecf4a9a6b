// Messages to people: what the outbox delivers, what becomes of it, and which ones they want.
#pragma once

#include "features/live/module.hpp"
#include "features/notifications/browsers.hpp"
#include "features/notifications/delivery_log.hpp"
#include "features/notifications/preferences.hpp"
#include "features/notifications/reports.hpp"
#include "features/notifications/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::notifications {

class Module final : public platform::Module {
public:
    Module(const platform::Platform& platform, live::Module& live)
        : log_(platform.database, platform.clock),
          service_(platform.messengers, platform.keys, live.announcer(),
                   Records{log_, platform.database, platform.clock}),
          reports_(log_, platform.delivery_reporters),
          preferences_(platform.database, platform.clock),
          browsers_(platform.clock, platform.push_key) {}

    void add_routes(api::Endpoints& endpoints) override;
    void add_development_routes(http::Router& router) override;
    db::Subscriptions subscriptions() override;
    std::vector<platform::Job> jobs() override;
    std::vector<platform::PruningRule> pruning_rules() const override;
    platform::PersonalData personal_data() const override;

    Notifications& service() { return service_; }

private:
    DeliveryLog log_;
    Notifications service_;
    Reports reports_;
    Preferences preferences_;
    Browsers browsers_;
};

}  // namespace safargo::notifications
