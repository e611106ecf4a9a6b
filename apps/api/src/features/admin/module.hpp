// What the back office works with.
#pragma once

#include "features/admin/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::admin {

class Module final : public platform::Module {
public:
    explicit Module(const platform::Platform& platform) : flags_(platform.database, platform.cursors) {}

    void add_routes(api::Endpoints& endpoints) override;

private:
    FlagService flags_;
};

}  // namespace safargo::admin
