// Messages to people: what the outbox delivers.
#pragma once

#include "features/live/module.hpp"
#include "features/notifications/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::notifications {

class Module final : public platform::Module {
public:
    Module(const platform::Platform& platform, live::Module& live)
        : service_(platform.messengers, platform.keys, live.announcer()) {}

    db::Subscriptions subscriptions() override;

    Notifications& service() { return service_; }

private:
    Notifications service_;
};

}  // namespace safargo::notifications
