// Texts shown to people. They stand in catalogues per language, in ICU MessageFormat with named arguments: shared ones
// in apps/api/messages, the rest in features/<noun>/messages. They are compiled in and checked by the build, `./safargo
// check messages` and texts_test.cpp.
#pragma once

#include "core/language.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace safargo {

struct TextArgument {
    std::string_view name;   // as in the catalogue: "seats"
    std::string_view value;  // in digits if the text counts with it
};

// Parses all texts, so that the first use does not wait for it (some milliseconds). Throws std::invalid_argument for
// one that cannot be parsed.
void prepare_texts();

// A text without arguments, as it stands in the catalogue, valid for the life of the program. Throws std::logic_error
// for an unknown key.
std::string_view plain_text(std::string_view key, Language language);

// A text with its arguments filled in; unused arguments are ignored. Throws std::logic_error for an unknown key or a
// missing argument.
std::string format_text(std::string_view key, Language language, std::span<const TextArgument> arguments);
std::string format_text(std::string_view key, Language language, std::initializer_list<TextArgument> arguments);

}  // namespace safargo
