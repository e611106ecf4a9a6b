#include "features/vehicles/routes.hpp"

namespace safargo::vehicles {

void add_routes(api::Endpoints& endpoints, VehicleService& vehicles) {
    endpoints.get("/vehicles", "List my vehicles")
        .describes("Of the calling driver; removed vehicles are left out.")
        .query<ListVehicles>()
        .returns<VehiclePage>()
        .handle(
            [&vehicles](const Caller& caller, const ListVehicles& wanted) { return vehicles.list(caller, wanted); });

    endpoints.post("/vehicles", "Add a vehicle")
        .describes("For drivers. A number plate belongs to one vehicle (already_exists), however it is written.")
        .idempotent()
        .body<AddVehicle>()
        .returns<VehicleView>(201)
        .fails({Code::driver_required, Code::already_exists})
        .handle([&vehicles](db::Transaction& tx, const Caller& caller, const AddVehicle& wanted) {
            return vehicles.add(tx, caller, wanted);
        });

    endpoints.get("/vehicles/{id}", "Show one of my vehicles")
        .describes("Another driver's vehicle is not found.")
        .path<VehicleId>("id")
        .returns<VehicleView>()
        .handle([&vehicles](const Caller& caller, const VehicleId& id) { return vehicles.show(caller, id); });

    endpoints.patch("/vehicles/{id}", "Edit a vehicle")
        .describes(
            "Fields that are left out stay as they are. The plate, the seats and the fuel cannot change while an open "
            "trip uses the vehicle (illegal_transition).")
        .path<VehicleId>("id")
        .body<EditVehicle>()
        .returns<VehicleView>()
        .fails({Code::already_exists, Code::illegal_transition})
        .handle([&vehicles](db::Transaction& tx, const Caller& caller, const VehicleId& id,
                            const EditVehicle& changes) { return vehicles.edit(tx, caller, id, changes); });

    endpoints.remove("/vehicles/{id}", "Remove a vehicle")
        .describes("Refused while an open trip uses it (illegal_transition).")
        .path<VehicleId>("id")
        .fails({Code::illegal_transition})
        .handle([&vehicles](db::Transaction& tx, const Caller& caller, const VehicleId& id) {
            return vehicles.remove(tx, caller, id);
        });
}

}  // namespace safargo::vehicles
