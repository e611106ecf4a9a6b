// Our account at SendGrid, from SENDGRID_*.
#pragma once

#include <string>

namespace safargo::sendgrid {

struct Account {
    std::string api_key;   // secret
    std::string from;      // an address that SendGrid knows to be ours
    std::string api_base;  // "https://api.sendgrid.com", without a slash at its end
};

}  // namespace safargo::sendgrid
