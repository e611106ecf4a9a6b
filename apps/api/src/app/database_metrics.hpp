// Prometheus metrics for statements and connections.
#pragma once

#include "db/database.hpp"

namespace safargo::app {

// Adds the metrics to complete Database options: statements by name, and safargo_db_connections_active, _idle, _waiting
// and _limit by application name. The guide's alarm "db.connections.active above 80 %" is active / limit.
void observe(db::Options& options);

}  // namespace safargo::app
