#include "features/drivers/repository.hpp"

#include <array>

namespace safargo::drivers {
namespace {

constexpr db::Statement insert_driver{"driver_insert", R"(
    insert into drivers (user_id, licence_number, licence_expires_on, created_at) values ($1, $2, $3, $4))"};

constexpr std::array refusals{
    db::Refusal{"drivers_pkey", Code::already_exists},
    db::Refusal{"drivers_licence_number_key", Code::already_exists, "licence_number"},
};

// A person who left while this waited for the driver's row stays deleted.
constexpr db::Statement renew_licence{"driver_update_licence", R"(
    update drivers set licence_number = coalesce($2, licence_number), licence_expires_on = coalesce($3, licence_expires_on)
    where user_id = $1 and exists (select from users where id = $1 and status <> 'deleted'))"};

constexpr db::Statement find_profile{"driver_find", R"(
    select d.user_id, d.licence_number, d.licence_expires_on, u.kyc_approved_at is not null, d.created_at
    from drivers d join users u on u.id = d.user_id where d.user_id = $1)"};

// Not "for update": bookings point to this row, and their insert must not wait for it.
constexpr db::Statement lock_driver{"driver_lock", R"(
    select d.user_id, d.licence_expires_on, u.documents_valid_until
    from drivers d join users u on u.id = d.user_id where d.user_id = $1 for no key update of d)"};

}  // namespace

Task<Result<Nothing>> DriverRepository::insert(db::Transaction& tx, UserId id, BecomeDriver wanted, Instant now) {
    auto inserted =
        co_await tx.try_query(insert_driver, refusals, id, wanted.licence_number.str(), wanted.licence_expires_on, now);
    if (!inserted) co_return std::unexpected(std::move(inserted.error()));
    co_return Nothing{};
}

Task<Result<bool>> DriverRepository::update_licence(db::Transaction& tx, UserId id, EditDriver changes) {
    std::optional<std::string> number;
    std::optional<LocalDate> expires_on;
    if (changes.licence_number) number = (*changes.licence_number).str();
    if (changes.licence_expires_on) expires_on = *changes.licence_expires_on;
    auto updated = co_await tx.try_query(renew_licence, refusals, id, number, expires_on);
    if (!updated) co_return std::unexpected(std::move(updated.error()));
    co_return updated->affected() > 0;
}

Task<std::optional<DriverProfile>> DriverRepository::find(db::Session& session, UserId id) {
    const db::Rows rows = co_await session.query(find_profile, id);
    if (rows.empty()) co_return std::nullopt;
    const db::Row row = rows[0];
    co_return DriverProfile{.id = row.get<UserId>(0),
                            .licence_number = row.get<std::string>(1),
                            .licence_expires_on = row.get<LocalDate>(2),
                            .verified = row.get<bool>(3),
                            .driver_since = row.get<Instant>(4)};
}

Task<std::optional<Driver>> DriverRepository::lock(db::Transaction& tx, UserId id) {
    const db::Rows rows = co_await tx.query(lock_driver, id);
    if (rows.empty()) co_return std::nullopt;
    co_return Driver{rows[0].get<UserId>(0), rows[0].get<LocalDate>(1), rows[0].get<std::optional<LocalDate>>(2)};
}

}  // namespace safargo::drivers
