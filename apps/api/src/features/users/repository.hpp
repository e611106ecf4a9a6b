#pragma once

#include "db/transaction.hpp"
#include "features/users/views.hpp"

namespace safargo::users {

class UserRepository {
public:
    Task<std::optional<MyProfile>> find_mine(db::Session& session, UserId id);
    Task<std::optional<PublicProfile>> find_public(db::Session& session, UserId id);  // not for deleted accounts
    Task<void> update(db::Session& session, const MyProfile& profile);
    Task<void> insert_consent(db::Session& session, UserId id, std::string kind, bool granted, Instant now);
    // Everything we hold about the person, as one JSON document.
    Task<std::string> export_all(db::Session& session, UserId id);
    Task<bool> has_open_business(db::Session& session, UserId id);  // active bookings, open trips, unsettled money
    // Forgets who it was: contact, name, picture, devices; the rows that money needs stay.
    Task<void> anonymise(db::Transaction& tx, UserId id, Instant now);
};

}  // namespace safargo::users
