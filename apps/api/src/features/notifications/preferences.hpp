// What people choose about messages: which kinds reach them by which channel.
#pragma once

#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/notifications/choices.hpp"
#include "features/notifications/views.hpp"

namespace safargo::notifications {

class Preferences {
public:
    Preferences(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

    Task<Result<MessageChoices>> show(Caller caller);
    // validation_failed with always_sent for what cannot be switched off; nothing is changed then.
    Task<Result<MessageChoices>> change(db::Transaction& tx, Caller caller, ChangeMessages wanted);

private:
    db::Database& database_;
    const Clock& clock_;
    ChoiceRows rows_;
};

}  // namespace safargo::notifications
