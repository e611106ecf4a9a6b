#include "features/drivers/routes.hpp"

namespace safargo::drivers {

void add_routes(api::Endpoints& endpoints, DriverService& drivers) {
    endpoints.post("/drivers", "Become a driver")
        .describes(
            "Registers a driving licence and makes the caller a driver, who may then add vehicles and create trips. A "
            "licence number belongs to one account (already_exists).")
        .idempotent()
        .body<BecomeDriver>()
        .returns<DriverProfile>(201)
        .fails({Code::already_exists})
        .handle([&drivers](db::Transaction& tx, const Caller& caller, const BecomeDriver& wanted) {
            return drivers.become_driver(tx, caller, wanted);
        });

    endpoints.get("/drivers/me", "Show my driver profile")
        .describes("Not found for a caller who is not a driver.")
        .returns<DriverProfile>()
        .fails({Code::not_found})
        .handle([&drivers](const Caller& caller) { return drivers.me(caller); });

    endpoints.patch("/drivers/me", "Edit my driving licence")
        .describes("To renew or correct it; fields that are left out stay as they are.")
        .body<EditDriver>()
        .returns<DriverProfile>()
        .fails({Code::driver_required, Code::already_exists})
        .handle([&drivers](db::Transaction& tx, const Caller& caller, const EditDriver& changes) {
            return drivers.edit(tx, caller, changes);
        });
}

}  // namespace safargo::drivers
