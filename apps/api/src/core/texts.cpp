#include "core/texts.hpp"

#include "core/text_pattern.hpp"
#include "core/text_rows.hpp"

#include <vector>

namespace safargo {
namespace {

std::vector<TextPattern> parse_all(Language language) {
    std::vector<TextPattern> patterns;
    patterns.reserve(std::size(text_rows));
    for (const TextRow& row : text_rows) patterns.emplace_back(row.words[static_cast<std::size_t>(language)], language);
    return patterns;
}

// Parsed once, then shared by all threads.
const std::vector<TextPattern>& patterns(Language language) {
    static const std::array<std::vector<TextPattern>, 3> all{parse_all(Language::fr), parse_all(Language::ar),
                                                             parse_all(Language::en)};
    return all[static_cast<std::size_t>(language)];
}

}  // namespace

void prepare_texts() {
    patterns(Language::fr);
}

std::string_view plain_text(std::string_view key, Language language) {
    return text_row(key).words[static_cast<std::size_t>(language)];
}

std::string format_text(std::string_view key, Language language, std::span<const TextArgument> arguments) {
    const auto row = static_cast<std::size_t>(&text_row(key) - text_rows);
    return patterns(language)[row].fill(arguments);
}

std::string format_text(std::string_view key, Language language, std::initializer_list<TextArgument> arguments) {
    return format_text(key, language, std::span(arguments.begin(), arguments.size()));
}

}  // namespace safargo
