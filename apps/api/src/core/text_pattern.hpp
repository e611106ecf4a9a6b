// One parsed catalogue text: ICU MessageFormat with named arguments, `plural` and `select`. ICU parses the text and
// knows each language's plural rules; values are inserted as given, since numbers and amounts are formatted by BRAND.md
// and not by ICU's locales.
#pragma once

#include "core/language.hpp"
#include "core/texts.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo {

class TextPattern {
public:
    // Throws std::invalid_argument, with the reason, for bad syntax, numbered arguments, or a format such as {n,
    // number}.
    TextPattern(std::string_view text, Language language);

    // Throws std::logic_error for a missing argument.
    std::string fill(std::span<const TextArgument> arguments) const;

    struct Branch;
    struct Piece {
        enum class Kind { words, value, plural, select } kind;
        std::string text;                // literal text, or the argument's name
        std::vector<Branch> branches{};  // for plural and select
    };
    struct Branch {
        std::string selector;  // "one", "=0", "boolean"
        std::vector<Piece> pieces;
    };

    // The arguments and their kinds: one that is both inserted and counted is a plural.
    std::map<std::string, Piece::Kind> arguments() const;

private:
    std::vector<Piece> pieces_;
    Language language_;
};

}  // namespace safargo
