#include "features/vehicles/routes.hpp"

namespace safargo::vehicles {
namespace {

void add_photos(api::Endpoints& endpoints, VehicleService& vehicles) {
    endpoints.post("/vehicles/{id}/photos", "Add a photo of a vehicle")
        .describes(
            "Takes a finished upload (purpose vehicle_photo), once (upload_used). A vehicle has up to 6 photos "
            "(too_many_photos); they are shown with its trips.")
        .idempotent()
        .path<VehicleId>("id")
        .body<media::UseUpload>()
        .returns<VehicleView>(201)
        .fails({Code::too_many_photos, Code::upload_incomplete, Code::upload_expired, Code::upload_used})
        .handle([&vehicles](db::Transaction& tx, const Caller& caller, const VehicleId& id,
                            const media::UseUpload& wanted) { return vehicles.add_photo(tx, caller, id, wanted); });

    endpoints.remove("/vehicles/{id}/photos/{picture_id}", "Remove a photo of a vehicle")
        .describes("Its files are deleted.")
        .path<VehiclePhoto>()
        .handle([&vehicles](db::Transaction& tx, const Caller& caller, const VehiclePhoto& photo) {
            return vehicles.remove_photo(tx, caller, photo);
        });
}

}  // namespace

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

    add_photos(endpoints, vehicles);
}

}  // namespace safargo::vehicles
