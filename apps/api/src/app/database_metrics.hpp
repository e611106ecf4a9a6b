// Statements and connections as Prometheus sees them.
#pragma once

#include "db/database.hpp"

namespace safargo::app {

// Makes the Database of these options show itself; call it when they are complete. Statements by their names, and
// safargo_db_connections_active, _idle, _waiting and _limit by the name of the application: the guide's alarm
// "db.connections.active above 80 %" is active / limit.
void observe(db::Options& options);

}  // namespace safargo::app
