// The wire format of what people choose about messages (PRODUCT section 8).
#pragma once

#include "contract/described.hpp"
#include "features/notifications/kinds.hpp"
#include "features/notifications/quiet_hours.hpp"
#include "ports/messenger.hpp"

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace safargo::notifications {

struct KindChoice {
    MessageKind kind;
    bool always_sent;   // cannot be switched off
    bool sent_at_once;  // in quiet hours, too
    bool sms, email, push;
};
BOOST_DESCRIBE_STRUCT(KindChoice, (), (kind, always_sent, sent_at_once, sms, email, push))

struct QuietHoursView {
    TimeOfDay from, until;
};
BOOST_DESCRIBE_STRUCT(QuietHoursView, (), (from, until))

struct MessageChoices {
    std::vector<KindChoice> kinds;  // all of them, always in the same order
    std::optional<QuietHoursView> quiet_hours;
};
BOOST_DESCRIBE_STRUCT(MessageChoices, (), (kinds, quiet_hours))

struct MessageSwitch {
    MessageKind kind;
    Channel channel;
    bool on;
};
BOOST_DESCRIBE_STRUCT(MessageSwitch, (), (kind, channel, on))

struct ChangeMessages {
    contract::Patch<contract::List<MessageSwitch, 0, 50>> switches;
    contract::Patch<std::optional<QuietHours>> quiet_hours;
};
BOOST_DESCRIBE_STRUCT(ChangeMessages, (), (switches, quiet_hours))

}  // namespace safargo::notifications

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::notifications::MessageChoices> =
    R"({"kinds":[{"kind":"money","always_sent":true,"sent_at_once":false,"sms":true,"email":true,"push":true},)"
    R"({"kind":"bookings","always_sent":false,"sent_at_once":false,"sms":false,"email":true,"push":true}],)"
    R"("quiet_hours":{"from":"22:30","until":"07:00"}})";

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::notifications::ChangeMessages> =
    R"({"switches":[{"kind":"bookings","channel":"sms","on":false}],"quiet_hours":{"from":"22:30","until":"07:00"}})";
