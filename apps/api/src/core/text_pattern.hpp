// One text of a catalogue, parsed: ICU's MessageFormat with named arguments, `plural` and `select`. ICU reads the text
// and knows how each language counts; values are put in as they are given, since numbers and amounts are written as
// BRAND.md wants them and not as ICU's locales would.
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
    // Throws std::invalid_argument, saying what is wrong: bad syntax, an argument by number, a format such as {n,
    // number}.
    TextPattern(std::string_view text, Language language);

    // Throws std::logic_error for an argument that is not given.
    std::string fill(std::span<const TextArgument> arguments) const;

    struct Branch;
    struct Piece {
        enum class Kind { words, value, plural, select } kind;
        std::string text;                // the words, or the name of the argument
        std::vector<Branch> branches{};  // of plural and select
    };
    struct Branch {
        std::string selector;  // "one", "=0", "boolean"
        std::vector<Piece> pieces;
    };

    // What it speaks of, and how: a value that it also counts with is a plural.
    std::map<std::string, Piece::Kind> arguments() const;

private:
    std::vector<Piece> pieces_;
    Language language_;
};

}  // namespace safargo
