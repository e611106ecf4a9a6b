// Pages that only the machine itself may read, even though browsers on it show anybody's pages.
#pragma once

#include "http/router.hpp"

#include <string_view>

namespace safargo::http {

// Whether a Host header names this machine: localhost, 127.0.0.0/8 or [::1], with or without a port. Any other name may
// belong to a stranger whose page reads our answers as its own by pointing the name at us (DNS rebinding).
bool is_loopback_name(std::string_view host);

// Answers 403 for every other name.
Handler for_loopback_names(Handler handler);

}  // namespace safargo::http
