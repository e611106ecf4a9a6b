// Checks before a handler runs, the same for every endpoint.
#pragma once

#include "api/inputs.hpp"
#include "api/operation.hpp"
#include "api/runtime.hpp"
#include "core/result.hpp"
#include "core/task.hpp"

#include <string_view>

namespace safargo::api {

// Authenticates a bearer token, if there is one; unauthenticated if it is invalid.
Task<Result<Nothing>> check_token(Runtime& runtime, http::Request& request);

// Authenticates (an invalid token is 401 on public routes too), checks role and status, counts against the user's
// limit.
Task<Result<Nothing>> admit(const Operation& operation, Runtime& runtime, http::Request& request);

// The body of a route that takes JSON: 415 for another media type.
Result<std::string_view> json_body(const http::Request& request);
// The same; {} for none, where an action may lack it.
Result<std::string_view> json_body(const http::Request& request, const Operation& operation);

// For actions without a body: accepts nothing or {}.
Result<Nothing> no_body(const http::Request& request);

// precondition_required if the header is missing, precondition_failed if none of its tags can be ours.
Result<IfMatch> read_if_match(const http::Request& request);

// malformed_request if the header is not one whole number.
Result<LastEventId> read_last_event_id(const http::Request& request);

}  // namespace safargo::api
