// Our account at Twilio, from TWILIO_*.
#pragma once

#include <string>

namespace safargo::twilio {

struct Account {
    std::string sid;         // "AC…"
    std::string auth_token;  // secret; signs their webhooks as well
    std::string from;        // our number, our sender name, or the sid of a messaging service ("MG…")
    std::string api_base;    // "https://api.twilio.com", without a slash at its end
    std::string callback{};  // where reports go: "https://api.safargo.com/…"; "" for none
};

}  // namespace safargo::twilio
