// /dev/sandbox/faults: scripted failures of the sandbox. Development only, at the root, without login.
#pragma once

#include "adapters/sandbox/sandbox_provider.hpp"
#include "http/router.hpp"

namespace safargo::sandbox {

// POST {operation, outcome, remaining} → 201 the same; GET → {items}; DELETE → 204. `provider` outlives the router.
void add_fault_routes(http::Router& router, SandboxProvider& provider);

}  // namespace safargo::sandbox
