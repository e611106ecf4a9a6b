#pragma once

#include "db/transaction.hpp"
#include "features/vehicles/types.hpp"

#include <optional>
#include <vector>

namespace safargo::vehicles {

// Deleted vehicles stay as rows, for the trips that used them, and are never found here.
class VehicleRepository {
public:
    // driver_required if the owner is not a driver; already_exists naming `plate`.
    Task<Result<Nothing>> insert(db::Transaction& tx, Vehicle vehicle);
    Task<Result<Nothing>> update(db::Transaction& tx, Vehicle vehicle);
    Task<void> set_photos(db::Transaction& tx, VehicleId id, std::vector<PictureId> photos);
    // It keeps no photos.
    Task<void> mark_deleted(db::Transaction& tx, VehicleId id, Instant now);

    Task<std::optional<Vehicle>> find_own(db::Session& session, UserId driver, VehicleId id);
    // In the order they were added, those after `after`.
    Task<std::vector<Vehicle>> list(db::Session& session, UserId driver, std::optional<VehicleId> after,
                                    std::int64_t limit);
    // Is it used by a trip that is open or under way?
    Task<bool> in_use(db::Session& session, UserId driver, VehicleId id);
};

}  // namespace safargo::vehicles
