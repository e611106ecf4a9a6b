// Every environment variable of the service, declared once. The parser, docs/configuration.md (./safargo openapi
// --write renews its table, ./safargo check contract fails when it drifts) and `safargo-api config --check` follow from
// here.
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
    secret,       // at least `min` bytes
    signing_key,  // `min` hexadecimal digits, as hard to guess as a secret
    listening_address,
    origin,
    origins,
    networks,
    whole_number,  // from `min` to `max`
    on_off,        // also true/false and 1/0
    duration,      // a bare number is seconds
    log_level
};

// What a value must be; config/rules.hpp has the words of it.
struct Rule {
    Kind kind = Kind::text;
    unsigned min = 0, max = 0;
};

// What counts where the variable is not set, written as somebody would set it; "$NAME" stands for the value of another
// one, declared before. "": what Config begins with.
struct Default {
    std::string_view value;
    std::string_view words{};  // for the documentation, where the value does not say it
};

struct Defaults {
    Default production, development;
};

// The field of Config that holds the value; none where another variable reads it.
using Target =
    std::variant<std::monostate, Environment Config::*, std::string Config::*, std::uint16_t Config::*,
                 unsigned Config::*, std::optional<unsigned> Config::*, bool Config::*, std::chrono::seconds Config::*,
                 std::optional<std::chrono::seconds> Config::*, std::vector<std::string> Config::*>;

struct Variable {
    std::string_view name;
    Target target{};
    Rule rule{};
    bool secret = false;
    bool required = false;  // without it nothing starts
    Defaults fallback{};
    // Variables of one vendor count together or not at all: while one that has no default is not set, the others count
    // as unset too, and what the vendor serves is switched off. Their values are checked all the same.
    std::string_view group{};
    std::string_view meaning{};  // Markdown, one line
};

using Variables = std::span<const Variable>;

Variables known_variables();  // in the order in which they are read

}  // namespace safargo
