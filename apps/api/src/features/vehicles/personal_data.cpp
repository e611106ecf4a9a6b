#include "features/vehicles/personal_data.hpp"

namespace safargo::vehicles {
namespace {

constexpr std::string_view exported_vehicles = R"(
    select coalesce(jsonb_agg(to_jsonb(v)), '[]') from (select id, make, model, year, colour, seats, plate, fuel,
        photo_ids, created_at, deleted_at from vehicles where driver_id = $1 order by created_at, id) v)";

constexpr db::Statement forget_vehicles{"user_forget_vehicles", R"(
    update vehicles set deleted_at = coalesce(deleted_at, $2), plate = '', photo_ids = '{}' where driver_id = $1)"};

Task<void> forget(db::Transaction& tx, UserId person, Instant now) {
    co_await tx.query(forget_vehicles, person, now);
}

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"vehicles", exported_vehicles}}, .forget = forget};
}

}  // namespace safargo::vehicles
