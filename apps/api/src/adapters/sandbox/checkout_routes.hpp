// /dev/sandbox/checkouts/{reference}: where the sandbox sends a customer. Development only, at the root, without login.
#pragma once

#include "adapters/sandbox/sandbox_provider.hpp"
#include "http/router.hpp"

namespace safargo::sandbox {

// GET → {reference, status, amount}; POST {act: pay | refuse} → the same, 409 if nothing waits for the customer.
// `provider` outlives the router.
void add_checkout_routes(http::Router& router, SandboxProvider& provider);

}  // namespace safargo::sandbox
