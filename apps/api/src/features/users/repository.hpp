#pragma once

#include "db/transaction.hpp"
#include "features/users/views.hpp"

namespace safargo::users {

class UserRepository {
public:
    Task<std::optional<MyProfile>> find_mine(db::Session& session, UserId id);        // not for deleted accounts
    Task<std::optional<PublicProfile>> find_public(db::Session& session, UserId id);  // nor for banned ones
    // False: no such account, or deleted.
    Task<bool> lock_to_edit(db::Transaction& tx, UserId id);
    // Blocks new trips and bookings as well; the driver's row first, as in every lock order.
    Task<bool> lock_to_leave(db::Transaction& tx, UserId id);
    Task<void> update(db::Session& session, const MyProfile& profile);
    Task<void> set_photo(db::Session& session, UserId id, std::optional<PictureId> photo);
    Task<void> insert_consent(db::Session& session, UserId id, std::string kind, bool granted, Instant now);
};

}  // namespace safargo::users
