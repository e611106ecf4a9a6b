// The serving process: HTTP threads, search thread, signals and shutdown order.
#pragma once

#include "config/config.hpp"

#include <string>

namespace safargo::app {

// Serves until SIGTERM or SIGINT, then drains. Throws if the process cannot start.
void serve(Config config);

// Builds the OpenAPI document without a database or a port.
std::string contract_document(Config config);

std::string version();

}  // namespace safargo::app
