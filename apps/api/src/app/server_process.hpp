// The serving process: HTTP threads, the database follower, signals and the order of stopping.
#pragma once

#include "config/config.hpp"

#include <string>

namespace safargo::app {

// Serves until SIGTERM or SIGINT, then drains. Throws what makes a start impossible.
void serve(Config config);

// The OpenAPI document, without a database or a port.
std::string contract_document(Config config);

std::string version();

}  // namespace safargo::app
