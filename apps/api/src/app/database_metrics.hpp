// Statements and connections as Prometheus sees them.
#pragma once

#include "db/database.hpp"

#include <chrono>
#include <string_view>

namespace safargo::app {

void observe_statement(std::string_view name, std::chrono::nanoseconds duration, bool ok);
void observe_pool(const db::PoolStatus& status, unsigned thread);

}  // namespace safargo::app
