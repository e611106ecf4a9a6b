#include "core/current_failure.hpp"

#include <exception>

namespace safargo {

std::string describe_current_failure() {
    try {
        throw;
    } catch (const std::exception& failure) {
        return failure.what();
    } catch (...) {
        return "not a std::exception";
    }
}

}  // namespace safargo
