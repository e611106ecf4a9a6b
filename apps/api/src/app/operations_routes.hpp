// What operators and developers ask for: /metrics, the OpenAPI document and its reader at /docs.
#pragma once

#include "api/public_route.hpp"
#include "http/router.hpp"
#include "seed/seed.hpp"

#include <memory>
#include <span>
#include <string>

namespace safargo::app {

// With a token: `Authorization: Bearer <token>`; without one only loopback clients may read, and no proxy that stands
// beside us for somebody else.
void add_metrics_route(http::Router& router, std::string token);

// /api/v1/openapi.json, /docs and what that page loads, public behind `gate`; nothing is fetched from elsewhere. The
// page offers to sign in the demo accounts, of which production has none.
void add_docs_routes(http::Router& router, std::shared_ptr<const std::string> openapi,
                     std::span<const seed::DemoAccount> demo_accounts, const api::Gate& gate);

}  // namespace safargo::app
