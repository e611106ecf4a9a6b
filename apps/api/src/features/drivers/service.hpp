// Becoming a driver, and the driver's row as the first lock of every change to a driver's trips or vehicles.
#pragma once

#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/drivers/repository.hpp"

namespace safargo::drivers {

class DriverService {
public:
    DriverService(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

    // already_exists when repeated, or when the licence is another person's; validation_failed for an expired one.
    Task<Result<DriverProfile>> become_driver(db::Transaction& tx, Caller caller, BecomeDriver wanted);
    // A renewed licence, or a corrected one; refused as above, driver_required for a person without one. Trips that
    // were published with the old one stay as they are.
    Task<Result<DriverProfile>> edit(db::Transaction& tx, Caller caller, EditDriver changes);
    Task<Result<DriverProfile>> me(Caller caller);

    // Held until the transaction ends; comes before any lock on a trip. nullopt: no driver.
    Task<std::optional<Driver>> lock(db::Transaction& tx, UserId id) { return rows_.lock(tx, id); }

private:
    db::Database& database_;
    const Clock& clock_;
    DriverRepository rows_;
};

}  // namespace safargo::drivers
