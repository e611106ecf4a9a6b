// What SafarGo says to people. The words stand in catalogues per language, in ICU's MessageFormat with named arguments:
// apps/api/messages for what every feature may say, features/<noun>/messages for the rest. They are compiled in, and
// the build, `./safargo check messages` and texts_test.cpp check them.
#pragma once

#include "core/language.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace safargo {

struct TextArgument {
    std::string_view name;   // as the catalogue calls it: "seats"
    std::string_view value;  // a number in digits where the text counts with it
};

// Parses them all, which otherwise the first that is said would wait for (some milliseconds). Throws
// std::invalid_argument for one that cannot be read.
void prepare_texts();

// A text that takes no arguments, as it stands in the catalogue. It lives as long as the program.
// Throws std::logic_error for an unknown key.
std::string_view plain_text(std::string_view key, Language language);

// A text with its arguments filled in; more of them than it speaks of may be given.
// Throws std::logic_error for an unknown key and for an argument that is missing.
std::string format_text(std::string_view key, Language language, std::span<const TextArgument> arguments);
std::string format_text(std::string_view key, Language language, std::initializer_list<TextArgument> arguments);

}  // namespace safargo
