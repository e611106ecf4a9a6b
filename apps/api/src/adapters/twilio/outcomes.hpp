// What Twilio's statuses and error codes mean for a message.
#pragma once

#include "ports/messenger.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace safargo::twilio {

// Of a request that was refused with this code; nullopt if it is our account, our sender or a limit that is refused,
// and not the message: sent again later, it may go.
std::optional<Receipt::Outcome> refusal_of(std::int64_t code);

// Of a message that was taken: its status, and its error code if it failed.
Receipt receipt_of(std::string_view status, std::optional<std::int64_t> error_code);

}  // namespace safargo::twilio
