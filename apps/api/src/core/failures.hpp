// Failures that are not the caller's fault: thrown by code that talks to other systems, caught once per request.
#pragma once

#include <stdexcept>
#include <string>

namespace safargo {

// The other system is unreachable or refuses to work; the request answers 503 dependency_unavailable.
struct DependencyUnavailable : std::runtime_error {
    DependencyUnavailable(std::string dependency_name, const std::string& what)
        : std::runtime_error(dependency_name + ": " + what), dependency(std::move(dependency_name)) {}
    std::string dependency;
};

// The other system took too long; the request answers 504 timeout.
struct DeadlineExceeded : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace safargo
