// What people choose about messages: which kinds reach them by which channel, and when.
#pragma once

#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/notifications/choices.hpp"
#include "features/notifications/quiet_letters.hpp"
#include "features/notifications/views.hpp"

namespace safargo::notifications {

class Preferences {
public:
    Preferences(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

    Task<Result<MessageChoices>> show(Caller caller);
    // validation_failed with always_sent for what cannot be switched off, no_quiet_time for hours that end when they
    // begin; nothing is changed then.
    Task<Result<MessageChoices>> change(db::Transaction& tx, Caller caller, ChangeMessages wanted);

private:
    Task<void> let_wait(db::Transaction& tx, UserId reader, std::optional<QuietHours> hours);

    db::Database& database_;
    const Clock& clock_;
    ChoiceRows rows_;
    QuietLetters quiet_;
};

}  // namespace safargo::notifications
