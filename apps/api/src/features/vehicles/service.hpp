// A driver's vehicles. Other people's are not_found.
#pragma once

#include "api/cursor.hpp"
#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/drivers/service.hpp"
#include "features/media/types.hpp"
#include "features/vehicles/repository.hpp"
#include "features/vehicles/views.hpp"
#include "geo/gazetteer.hpp"

namespace safargo::vehicles {

class VehicleService {
public:
    VehicleService(db::Database& database, const Clock& clock, drivers::DriverService& drivers,
                   const api::CursorSigner& cursors, const geo::GazetteerData& country)
        : database_(database), clock_(clock), drivers_(drivers), cursors_(cursors), country_(country) {}

    Task<Result<VehiclePage>> list(Caller caller, ListVehicles wanted);
    Task<Result<VehicleView>> show(Caller caller, VehicleId id);
    // driver_required; already_exists for a plate in use; validation_failed for a wilaya or year that does not exist.
    Task<Result<VehicleView>> add(db::Transaction& tx, Caller caller, AddVehicle wanted);
    // While a trip with it is open or under way, plate, seats and fuel cannot change and it cannot be deleted:
    // illegal_transition.
    Task<Result<VehicleView>> edit(db::Transaction& tx, Caller caller, VehicleId id, EditVehicle changes);
    Task<Result<Nothing>> remove(db::Transaction& tx, Caller caller, VehicleId id);

    // Behind the others; the same upload again changes nothing. Fails as media::claim does, and with too_many_photos.
    Task<Result<VehicleView>> add_photo(db::Transaction& tx, Caller caller, VehicleId id, media::UseUpload wanted);
    Task<Result<Nothing>> remove_photo(db::Transaction& tx, Caller caller, VehiclePhoto photo);

    // For trips; does not change while the driver's row is locked.
    Task<std::optional<Vehicle>> find_own(db::Session& session, UserId driver, VehicleId id) {
        return rows_.find_own(session, driver, id);
    }

private:
    Result<Nothing> check_plate(const Plate& plate) const;
    Task<Result<Vehicle>> lock_own(db::Transaction& tx, UserId driver, VehicleId id);

    db::Database& database_;
    const Clock& clock_;
    drivers::DriverService& drivers_;
    const api::CursorSigner& cursors_;
    const geo::GazetteerData& country_;
    VehicleRepository rows_;
};

}  // namespace safargo::vehicles
