// Describes the rules of configuration values and checks values against them.
#pragma once

#include "config/variables.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo {

// "a whole number from 1 to 64"
std::string words(const Rule& rule);

// Why the value is refused: "must be a whole number from 1 to 64". Never contains the value.
std::optional<std::string> refusal(const Rule& rule, std::string_view value, Environment environment);

// Parsed values; nullopt if the text is not of that kind.
std::optional<unsigned> whole_number_of(std::string_view text);
std::optional<bool> flag_of(std::string_view text);                      // on/off, true/false, 1/0
std::optional<std::chrono::seconds> duration_of(std::string_view text);  // "0", "90s", "30m", "24h"
std::vector<std::string> items_of(std::string_view text);                // separated by commas
Environment environment_of(std::string_view text);                       // production for anything but "development"

}  // namespace safargo
