// Drivers and their licences.
#pragma once

#include "features/drivers/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::drivers {

class Module final : public platform::Module {
public:
    explicit Module(const platform::Platform& platform) : service_(platform.database, platform.clock) {}

    void add_routes(api::Endpoints& endpoints) override;
    platform::PersonalData personal_data() const override;

    DriverService& service() { return service_; }

private:
    DriverService service_;
};

}  // namespace safargo::drivers
