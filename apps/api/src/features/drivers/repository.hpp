#pragma once

#include "db/transaction.hpp"
#include "features/drivers/views.hpp"

#include <optional>

namespace safargo::drivers {

class DriverRepository {
public:
    // already_exists for a second row of one person, or a licence registered by another person.
    Task<Result<Nothing>> insert(db::Transaction& tx, UserId id, BecomeDriver wanted, Instant now);
    // False for a person who is not a driver, or has left; already_exists as for insert. The driver's row must be
    // locked.
    Task<Result<bool>> update_licence(db::Transaction& tx, UserId id, EditDriver changes);
    Task<std::optional<DriverProfile>> find(db::Session& session, UserId id);
    Task<std::optional<Driver>> lock(db::Transaction& tx, UserId id);
};

}  // namespace safargo::drivers
