// Error responses: application/problem+json (RFC 9457) in the caller's language.
#pragma once

#include "core/error.hpp"
#include "http/message.hpp"

namespace safargo::http {

// {type, title, status, code, detail, errors: [{field, code, message}], request_id}; Retry-After if the error has it.
// Below 16 kB whatever the error contains: `errors` and `detail` stop early and say how many are omitted.
Response problem(const Error& error, const RequestContext& context);

}  // namespace safargo::http
