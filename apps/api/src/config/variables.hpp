// Every environment variable of the service, declared once. The parser, docs/configuration.md (updated by ./safargo
// openapi --write, checked by ./safargo check contract) and `safargo-api config --check` are derived from this.
#pragma once

#include "config/config.hpp"

#include <span>
#include <string_view>
#include <variant>

namespace safargo {

enum class Kind {
    text,
    environment,
    database_url,
    redis_url,    // a password and at least one node
    service_url,  // http(s), with an optional user and password
    secret,       // at least `min` bytes
    signing_key,  // `min` hexadecimal digits, as hard to guess as a secret
    public_key,   // on the curve P-256, DER in base64
    private_key,  // on the curve P-256, its number in base64url
    contact,      // mailto: or https:
    listening_address,
    origin,
    origins,
    networks,
    whole_number,  // from `min` to `max`
    on_off,        // or true/false, 1/0
    duration,      // a number without a unit is seconds
    log_level
};

// What a value must be; described in words by config/rules.hpp.
struct Rule {
    Kind kind = Kind::text;
    unsigned min = 0, max = 0;
};

// The value used when the variable is not set, written as an operator would write it; "$NAME" stands for the value of a
// variable declared earlier. "": Config's initial value.
struct Default {
    std::string_view value;
    std::string_view words{};  // for the documentation, if the value does not speak for itself
};

struct Defaults {
    Default production, development;
};

// The field of Config that holds the value; none if another variable reads it.
using Target =
    std::variant<std::monostate, Environment Config::*, std::string Config::*, std::uint16_t Config::*,
                 unsigned Config::*, std::optional<unsigned> Config::*, bool Config::*, std::chrono::seconds Config::*,
                 std::optional<std::chrono::seconds> Config::*, std::vector<std::string> Config::*>;

struct Variable {
    std::string_view name;
    Target target{};
    Rule rule{};
    bool secret = false;
    bool required = false;  // the service does not start without it
    Defaults fallback{};
    // The variables of one vendor form a group. If one without a default is missing, the whole group counts as unset
    // and the vendor's feature is switched off. The values are checked all the same.
    std::string_view group{};
    std::string_view meaning{};  // Markdown, one line
};

using Variables = std::span<const Variable>;

Variables known_variables();  // in reading order

}  // namespace safargo
