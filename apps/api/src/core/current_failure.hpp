// For loops that go on whatever happens, and their logs.
#pragma once

#include <string>

namespace safargo {

// Inside a catch (...): what the exception says of itself, or that it is none of ours.
std::string describe_current_failure();

}  // namespace safargo
