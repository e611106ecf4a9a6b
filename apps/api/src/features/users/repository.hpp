#pragma once

#include "db/transaction.hpp"
#include "features/users/views.hpp"

namespace safargo::users {

// What keeps a person from leaving.
struct OpenBusiness {
    bool bookings = false;    // as passenger or driver, not yet settled or ended
    bool trips = false;       // open or under way
    bool held_money = false;  // of one of their bookings
    Dinars earnings{};        // that we still owe
};

class UserRepository {
public:
    Task<std::optional<MyProfile>> find_mine(db::Session& session, UserId id);        // not for deleted accounts
    Task<std::optional<PublicProfile>> find_public(db::Session& session, UserId id);  // nor for banned ones
    // False: no such account, or deleted.
    Task<bool> lock_to_edit(db::Transaction& tx, UserId id);
    // Holds off new trips and bookings as well; the driver first, as everybody takes these locks.
    Task<bool> lock_to_leave(db::Transaction& tx, UserId id);
    Task<void> update(db::Session& session, const MyProfile& profile);
    Task<void> insert_consent(db::Session& session, UserId id, std::string kind, bool granted, Instant now);

    // Everything we hold about the person and nothing of others, as one JSON document.
    Task<std::string> export_all(db::Session& session, UserId id);
    // Active bookings, open trips, no-shows that may be contested, money that is held or that we owe.
    Task<OpenBusiness> open_business(db::Session& session, UserId id);
    // Forgets who it was: contact, name, picture, devices, plates, own words; the rows that money needs stay.
    Task<void> anonymise(db::Transaction& tx, UserId id, Instant now);
};

}  // namespace safargo::users
