// Trips, and the seats that bookings take.
#pragma once

#include "features/drivers/module.hpp"
#include "features/trips/service.hpp"
#include "features/vehicles/module.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::trips {

class Module final : public platform::Module {
public:
    // `cards` and `atlas` are shared by all threads.
    Module(const platform::Platform& platform, drivers::Module& drivers, vehicles::Module& vehicles, CardCache& cards,
           const Atlas& atlas);

    void add_routes(api::Endpoints& endpoints) override;
    std::vector<platform::Job> jobs() override;
    platform::PersonalData personal_data() const override;

    TripService& service() { return service_; }

private:
    TripService service_;
};

}  // namespace safargo::trips
