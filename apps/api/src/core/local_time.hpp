// Times as people in Algeria read them.
#pragma once

#include "core/error.hpp"
#include "core/time.hpp"

#include <string>

namespace safargo {

// "2026-12-03 06:00", the minute that `at` lies in; read alike in every language.
std::string local_minute(Instant at);

// Refuses what is possible from then on, and names a minute that is late enough.
Error too_early(Instant opens_at);

}  // namespace safargo
