#include "features/drivers/routes.hpp"

namespace safargo::drivers {

void add_routes(api::Endpoints& endpoints, DriverService& drivers) {
    endpoints.post("/drivers", "Become a driver")
        .idempotent()
        .body<BecomeDriver>()
        .returns<DriverProfile>(201)
        .fails({Code::already_exists})
        .handle([&drivers](db::Transaction& tx, const Caller& caller, const BecomeDriver& wanted) {
            return drivers.become_driver(tx, caller, wanted);
        });

    endpoints.get("/drivers/me", "My driving licence as SafarGo knows it")
        .returns<DriverProfile>()
        .fails({Code::not_found})
        .handle([&drivers](const Caller& caller) { return drivers.me(caller); });

    endpoints.patch("/drivers/me", "Renew or correct my driving licence")
        .body<EditDriver>()
        .returns<DriverProfile>()
        .fails({Code::driver_required, Code::already_exists})
        .handle([&drivers](db::Transaction& tx, const Caller& caller, const EditDriver& changes) {
            return drivers.edit(tx, caller, changes);
        });
}

}  // namespace safargo::drivers
