// Profiles, and leaving.
#pragma once

#include "features/users/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::users {

class Module final : public platform::Module {
public:
    // `personal_data`: of all other features, in the order in which it is forgotten.
    Module(const platform::Platform& platform, std::vector<platform::PersonalData> personal_data)
        : service_(platform.database, platform.clock, std::move(personal_data)) {}

    void add_routes(api::Endpoints& endpoints) override;

private:
    UserService service_;
};

}  // namespace safargo::users
