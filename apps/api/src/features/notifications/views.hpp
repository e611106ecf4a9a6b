// The wire format of what people choose about messages (PRODUCT section 8).
#pragma once

#include "contract/described.hpp"
#include "features/notifications/kinds.hpp"
#include "ports/messenger.hpp"

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace safargo::notifications {

struct KindChoice {
    MessageKind kind;
    bool always_sent;  // cannot be switched off
    bool sms, email;
};
BOOST_DESCRIBE_STRUCT(KindChoice, (), (kind, always_sent, sms, email))

struct MessageChoices {
    std::vector<KindChoice> kinds;  // all of them, always in the same order
};
BOOST_DESCRIBE_STRUCT(MessageChoices, (), (kinds))

struct MessageSwitch {
    MessageKind kind;
    Channel channel;
    bool on;
};
BOOST_DESCRIBE_STRUCT(MessageSwitch, (), (kind, channel, on))

struct ChangeMessages {
    contract::Patch<contract::List<MessageSwitch, 0, 50>> switches;
};
BOOST_DESCRIBE_STRUCT(ChangeMessages, (), (switches))

}  // namespace safargo::notifications

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::notifications::MessageChoices> =
    R"({"kinds":[{"kind":"money","always_sent":true,"sms":true,"email":true},)"
    R"({"kind":"bookings","always_sent":false,"sms":false,"email":true}]})";

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::notifications::ChangeMessages> =
    R"({"switches":[{"kind":"bookings","channel":"sms","on":false}]})";
