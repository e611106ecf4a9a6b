// Property tests: RC_GTEST_PROP(Suite, Name, (arguments)) draws its arguments a hundred times, the same in every run;
// SAFARGO_TEST_SCALE multiplies the number. A failure is shrunk to a small case. RC_PARAMS in the environment takes
// precedence: another seed ("seed=7"), or the "reproduce=..." printed by a failure.
#pragma once

#include <gtest/gtest.h>  // must precede RapidCheck's header

#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace safargo::testing {

// RapidCheck reads RC_PARAMS when its first property runs.
inline bool set_cases() {
    const char* text = std::getenv("SAFARGO_TEST_SCALE");
    const int scale = text == nullptr ? 1 : std::max(1, std::atoi(text));
    return setenv("RC_PARAMS", ("seed=20261130 max_success=" + std::to_string(100 * scale)).c_str(), 0) == 0;
}
inline const bool cases_are_set = set_cases();

}  // namespace safargo::testing
