// Public routes that are not typed endpoints: health, the documentation.
#pragma once

#include "api/runtime.hpp"
#include "http/router.hpp"

#include <functional>

namespace safargo::api {

using Gate = std::function<http::Handler(http::Handler)>;

// Refuses invalid tokens here too, so that a client learns of them on any route. While the database is down no token
// can be checked, and these routes must still answer. `runtime` must outlive the handlers.
Gate token_gate(Runtime& runtime);

}  // namespace safargo::api
