// What each person has chosen about messages: a row for whoever has changed anything.
#pragma once

#include "db/session.hpp"
#include "features/notifications/kinds.hpp"
#include "features/notifications/quiet_hours.hpp"
#include "ports/messenger.hpp"

#include <optional>
#include <string>
#include <vector>

namespace safargo::notifications {

struct Choices {
    std::vector<std::string> switched_off{};  // "bookings.sms"; also words that only a newer version knows
    std::optional<QuietHours> quiet_hours{};

    bool allow(MessageKind kind, Channel channel) const;
};

// As it is stored: "bookings.sms".
std::string switch_name(MessageKind kind, Channel channel);

class ChoiceRows {
public:
    Task<Choices> find(db::Session& session, UserId person);

    // Two changes at a time both take effect. Nullopt: the person has left.
    struct Change {
        std::vector<std::string> off, on;
        bool sets_quiet_hours = false;
        std::optional<QuietHours> quiet_hours{};  // then; none takes them back
    };
    Task<std::optional<Choices>> change(db::Session& session, UserId person, Change change, Instant now);
};

}  // namespace safargo::notifications
