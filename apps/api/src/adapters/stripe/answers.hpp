// What Stripe answers, as far as it is needed. Everything is checked: an answer that says something else is refused.
#pragma once

#include "core/dinars.hpp"
#include "core/time.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::stripe {

struct BadAnswer : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// The money. Its charge, which says until when a hold lasts, is there if it was asked for.
struct Intent {
    std::string id, status;
    Dinars received;
    std::optional<Instant> capture_before;
};

// A page where a customer pays. Its intent is there once they have tried.
struct Session {
    std::string id, status, url;
    std::optional<Instant> expires_at;
    std::optional<Intent> intent;
};

struct Refund {
    std::string id, status, key;  // the key is ours, from its metadata; "" if there is none
};

struct RefundPage {
    std::vector<Refund> refunds;
    bool has_more = false;
};

// Each throws BadAnswer.
Session read_session(std::string_view body);  // without its intent, if that was not expanded
Intent read_intent(std::string_view body);
std::vector<Intent> read_found_intents(std::string_view body);
Refund read_refund(std::string_view body);
RefundPage read_refunds(std::string_view body);

// error.type, and error.code after a slash if there is one: "card_error/card_declined". For logs and decisions; "" if
// the body is no error of Stripe's.
std::string read_error(std::string_view body);

}  // namespace safargo::stripe
