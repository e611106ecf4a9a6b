// What happens before a handler runs, the same for every endpoint.
#pragma once

#include "api/inputs.hpp"
#include "api/operation.hpp"
#include "api/runtime.hpp"
#include "core/result.hpp"
#include "core/task.hpp"

#include <string_view>

namespace safargo::api {

// The caller of a bearer token, if there is one; unauthenticated for a bad one.
Task<Result<Nothing>> check_token(Runtime& runtime, http::Request& request);

// Reads the bearer token (a bad one is 401 on public routes too), checks role and status, counts against the user.
Task<Result<Nothing>> admit(const Operation& operation, Runtime& runtime, http::Request& request);

// The body where JSON is expected: 415 for another media type.
Result<std::string_view> json_body(const http::Request& request);

// Actions without a body accept nothing or {}.
Result<Nothing> no_body(const http::Request& request);

// precondition_required when the header is missing, precondition_failed when no tag in it can be one of ours.
Result<IfMatch> read_if_match(const http::Request& request);

}  // namespace safargo::api
