// Drivers' vehicles.
#pragma once

#include "features/drivers/module.hpp"
#include "features/vehicles/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::vehicles {

class Module final : public platform::Module {
public:
    Module(const platform::Platform& platform, drivers::Module& drivers);

    void add_routes(api::Endpoints& endpoints) override;
    platform::PersonalData personal_data() const override;

    VehicleService& service() { return service_; }

private:
    VehicleService service_;
};

}  // namespace safargo::vehicles
