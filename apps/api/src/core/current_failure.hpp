// Describes exceptions for the logs of loops that must keep running.
#pragma once

#include <string>

namespace safargo {

// Call inside catch (...): the exception's what(), or a note that it is not a std::exception.
std::string describe_current_failure();

}  // namespace safargo
