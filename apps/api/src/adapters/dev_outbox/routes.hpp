#pragma once

#include "db/database.hpp"
#include "http/router.hpp"

namespace safargo::dev_outbox {

// GET /dev/outbox: JSON {items} with Accept: application/json, otherwise a page that displays it; ?to= filters by
// recipient.
void add_routes(http::Router& router, db::Database& database);

}  // namespace safargo::dev_outbox
