// Pages for this machine only, although its browsers show pages of any origin.
#pragma once

#include "http/router.hpp"

#include <string_view>

namespace safargo::http {

// Whether a Host header names this machine: localhost, 127.0.0.0/8 or [::1], with or without a port. Any other name may
// be under the control of an attacker who points it at us so that their page can read our responses (DNS rebinding).
bool is_loopback_name(std::string_view host);

// Answers 403 for every other name.
Handler for_loopback_names(Handler handler);

}  // namespace safargo::http
