// Times in Algerian local time.
#pragma once

#include "core/error.hpp"
#include "core/time.hpp"

#include <string>

namespace safargo {

// "2026-12-03 06:00", the minute that contains `at`; the same in every language.
std::string local_minute(Instant at);

// The error for an action before it is allowed; names the first whole minute that is late enough.
Error too_early(Instant opens_at);

}  // namespace safargo
