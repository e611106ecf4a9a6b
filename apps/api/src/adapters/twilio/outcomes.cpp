#include "adapters/twilio/outcomes.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace safargo::twilio {
namespace {

using enum Receipt::Outcome;

struct Meaning {
    std::int64_t code;
    Receipt::Outcome outcome;
};

// Codes about the recipient; any other refuses this message alone.
constexpr std::array about_recipients{
    Meaning{21211, unknown_recipient},  // no such number
    Meaning{21217, unknown_recipient},  // not a phone number
    Meaning{21614, unknown_recipient},  // not a mobile number
    Meaning{21635, unknown_recipient},  // a landline
    Meaning{30005, unknown_recipient},  // unknown handset
    Meaning{30006, unknown_recipient},  // a landline, or a carrier that takes no SMS
    Meaning{21610, unsubscribed},       // answered STOP
};

constexpr std::array<std::int64_t, 20> about_us{
    20003,  // credentials
    20005,  // account not active
    20006,  // access denied
    20404,  // no such account
    20429,  // too many requests
    21205,  // callback URL
    21212,  // sender: not valid
    21603,  // none given
    21606,  // not one of ours
    21609,  // callback URL
    21611,  // its queue is full
    21659,  // not a Twilio number
    21660,  // of another account
    21661,  // cannot send SMS
    21701,  // messaging service: none
    21703,  // without numbers
    21704,  // without senders of this kind
    30001,  // queue overflow
    30002,  // account suspended
    63038,  // daily limit
};

constexpr std::array<std::string_view, 3> with_the_recipient{"delivered", "read", "partially_delivered"};
constexpr std::array<std::string_view, 3> given_up{"failed", "undelivered", "canceled"};

Receipt::Outcome outcome_of(std::int64_t code) {
    const auto* known = std::ranges::find(about_recipients, code, &Meaning::code);
    return known == about_recipients.end() ? rejected : known->outcome;
}

}  // namespace

std::optional<Receipt::Outcome> refusal_of(std::int64_t code) {
    if (std::ranges::find(about_us, code) != about_us.end()) return std::nullopt;
    return outcome_of(code);
}

// Every other status, and one that is new to us, says that the message is under way.
Receipt receipt_of(std::string_view status, std::optional<std::int64_t> error_code) {
    if (std::ranges::find(with_the_recipient, status) != with_the_recipient.end()) return {.outcome = delivered};
    if (std::ranges::find(given_up, status) == given_up.end()) return {.outcome = accepted};
    if (!error_code) return {.outcome = rejected, .reason = std::string(status)};
    return {.outcome = outcome_of(*error_code), .reason = std::to_string(*error_code)};
}

}  // namespace safargo::twilio
