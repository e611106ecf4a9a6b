// Routes for operators and developers: /metrics, the OpenAPI document and its viewer at /docs.
#pragma once

#include "api/public_route.hpp"
#include "http/router.hpp"
#include "seed/seed.hpp"

#include <memory>
#include <span>
#include <string>

namespace safargo::app {

// With a token: `Authorization: Bearer <token>`. Without one only loopback clients may read, and no requests forwarded
// by a local proxy.
void add_metrics_route(http::Router& router, std::string token);

// /api/v1/openapi.json, /docs and its assets, public behind `gate`; nothing is loaded from other hosts. The page offers
// sign-in with the demo accounts, of which production has none.
void add_docs_routes(http::Router& router, std::shared_ptr<const std::string> openapi,
                     std::span<const seed::DemoAccount> demo_accounts, const api::Gate& gate);

}  // namespace safargo::app
