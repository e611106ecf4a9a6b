#include "features/vehicles/repository.hpp"

#include "contract/described.hpp"

#include <array>

namespace safargo::vehicles {
namespace {

constexpr db::Statement insert_vehicle{"vehicle_insert", R"(
    insert into vehicles (id, driver_id, make, model, year, colour, seats, plate, fuel, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))"};

constexpr std::array refusals{
    db::Refusal{"vehicles_driver_fkey", Code::driver_required},
    db::Refusal{"vehicles_plate_key", Code::already_exists, "plate"},
};

constexpr db::Statement update_vehicle{"vehicle_update", R"(
    update vehicles set make = $2, model = $3, year = $4, colour = $5, seats = $6, plate = $7, fuel = $8
    where id = $1)"};

constexpr db::Statement delete_vehicle{"vehicle_delete", R"(
    update vehicles set deleted_at = $2, photo_ids = '{}' where id = $1)"};

constexpr db::Statement update_photos{"vehicle_set_photos", "update vehicles set photo_ids = $2 where id = $1"};

constexpr db::Statement find_vehicle{"vehicle_find", R"(
    select id, driver_id, make, model, year, colour, seats, plate, fuel, created_at, photo_ids
    from vehicles where driver_id = $1 and id = $2 and deleted_at is null)"};

constexpr db::Statement list_vehicles{"vehicle_list", R"(
    select id, driver_id, make, model, year, colour, seats, plate, fuel, created_at, photo_ids
    from vehicles where driver_id = $1 and deleted_at is null and ($2::uuid is null or id > $2)
    order by id limit $3)"};

// By the driver's index: a vehicle is used by its owner only.
constexpr db::Statement find_use{"vehicle_in_use", R"(
    select exists (select from trips where driver_id = $1 and vehicle_id = $2 and status in ('open', 'in_progress')))"};

std::int16_t small(std::int64_t value) {
    return static_cast<std::int16_t>(value);
}

Vehicle vehicle_from(const db::Row& row) {
    return {.id = row.get<VehicleId>(0),
            .driver = row.get<UserId>(1),
            .make = row.get<std::string>(2),
            .model = row.get<std::string>(3),
            .year = row.get<std::int64_t>(4),
            .colour = row.get<Colour>(5),
            .seats = row.get<std::int64_t>(6),
            .plate = row.get<std::string>(7),
            .fuel = row.get<Fuel>(8),
            .created_at = row.get<Instant>(9),
            .photos = row.get<std::vector<PictureId>>(10)};
}

Result<Nothing> outcome(Result<db::Rows> rows) {
    if (!rows) return std::unexpected(std::move(rows.error()));
    return Nothing{};
}

}  // namespace

Task<Result<Nothing>> VehicleRepository::insert(db::Transaction& tx, Vehicle vehicle) {
    co_return outcome(co_await tx.try_query(insert_vehicle, refusals, vehicle.id, vehicle.driver, vehicle.make,
                                            vehicle.model, small(vehicle.year), contract::enum_name(vehicle.colour),
                                            small(vehicle.seats), vehicle.plate, contract::enum_name(vehicle.fuel),
                                            vehicle.created_at));
}

Task<Result<Nothing>> VehicleRepository::update(db::Transaction& tx, Vehicle vehicle) {
    co_return outcome(co_await tx.try_query(update_vehicle, refusals, vehicle.id, vehicle.make, vehicle.model,
                                            small(vehicle.year), contract::enum_name(vehicle.colour),
                                            small(vehicle.seats), vehicle.plate, contract::enum_name(vehicle.fuel)));
}

Task<void> VehicleRepository::set_photos(db::Transaction& tx, VehicleId id, std::vector<PictureId> photos) {
    co_await tx.query(update_photos, id, photos);
}

Task<void> VehicleRepository::mark_deleted(db::Transaction& tx, VehicleId id, Instant now) {
    co_await tx.query(delete_vehicle, id, now);
}

Task<std::optional<Vehicle>> VehicleRepository::find_own(db::Session& session, UserId driver, VehicleId id) {
    const db::Rows rows = co_await session.query(find_vehicle, driver, id);
    if (rows.empty()) co_return std::nullopt;
    co_return vehicle_from(rows[0]);
}

Task<std::vector<Vehicle>> VehicleRepository::list(db::Session& session, UserId driver, std::optional<VehicleId> after,
                                                   std::int64_t limit) {
    const db::Rows rows = co_await session.query(list_vehicles, driver, after, limit);
    std::vector<Vehicle> vehicles;
    for (const db::Row row : rows) vehicles.push_back(vehicle_from(row));
    co_return vehicles;
}

Task<bool> VehicleRepository::in_use(db::Session& session, UserId driver, VehicleId id) {
    const db::Rows rows = co_await session.query(find_use, driver, id);
    co_return rows[0].get<bool>(0);
}

}  // namespace safargo::vehicles
