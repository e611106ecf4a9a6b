// Profiles, and leaving.
#pragma once

#include "features/users/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::users {

class Module final : public platform::Module {
public:
    // `others`: the personal data of all other features, in the order of erasure.
    Module(const platform::Platform& platform, std::vector<platform::PersonalData> others)
        : service_(platform.database, platform.clock, std::move(others)) {}

    void add_routes(api::Endpoints& endpoints) override;
    platform::PersonalData personal_data() const override;

private:
    UserService service_;
};

}  // namespace safargo::users
