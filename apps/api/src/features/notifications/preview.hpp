#pragma once

#include "http/router.hpp"

namespace safargo::notifications {

// GET /dev/messages: every text in every language, JSON {items} with Accept: application/json, otherwise a page that
// displays it. Parameters stand for themselves; ?count= is the number that texts count with.
void add_preview_routes(http::Router& router);

}  // namespace safargo::notifications
