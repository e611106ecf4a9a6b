// Signing in, and authenticating callers.
#pragma once

#include "features/auth/service.hpp"
#include "features/notifications/module.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::auth {

class Module final : public platform::Module {
public:
    Module(const platform::Platform& platform, notifications::Module& notifications);

    void add_routes(api::Endpoints& endpoints) override;
    std::vector<platform::PruningRule> pruning_rules() const override;
    platform::PersonalData personal_data() const override;

    api::Authenticator& authenticator() { return service_; }

private:
    AuthService service_;
};

}  // namespace safargo::auth
