// Routes that anybody may read and that are no typed endpoints: health, the documentation.
#pragma once

#include "api/runtime.hpp"
#include "http/router.hpp"

#include <functional>

namespace safargo::api {

using Gate = std::function<http::Handler(http::Handler)>;

// Who sends a bad token is refused on them, too: a client learns of it wherever it asks. While the database is away no
// token can be called bad, and these routes must answer all the same. `runtime` must outlive the handlers.
Gate token_gate(Runtime& runtime);

}  // namespace safargo::api
