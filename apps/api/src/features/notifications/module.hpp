// Messages to people: what the outbox delivers.
#pragma once

#include "features/notifications/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::notifications {

class Module final : public platform::Module {
public:
    explicit Module(const platform::Platform& platform) : service_(platform.messengers, platform.keys) {}

    db::Subscriptions subscriptions() override;

    Notifications& service() { return service_; }

private:
    Notifications service_;
};

}  // namespace safargo::notifications
