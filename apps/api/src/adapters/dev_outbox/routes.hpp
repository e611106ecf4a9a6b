#pragma once

#include "db/database.hpp"
#include "http/router.hpp"

namespace safargo::dev_outbox {

// GET /dev/outbox: a page for people, JSON {items} with Accept: application/json; ?to= filters by recipient.
void add_routes(http::Router& router, db::Database& database);

}  // namespace safargo::dev_outbox
