#include "core/language.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace safargo {
namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::optional<Language> known(std::string_view range) {
    const std::string_view primary = range.substr(0, range.find('-'));
    for (const Language language : {Language::fr, Language::ar, Language::en}) {
        if (std::ranges::equal(primary, code(language), [](char a, char b) { return (a | 0x20) == b; }))
            return language;
    }
    if (range == "*") return Language::fr;
    return std::nullopt;
}

double quality(std::string_view parameters) {
    parameters = trim(parameters);
    if (parameters.empty()) return 1;
    if (!parameters.starts_with("q=")) return 0;
    double q = 0;
    const auto [end, error] = std::from_chars(parameters.data() + 2, parameters.data() + parameters.size(), q);
    return error == std::errc{} && q >= 0 && q <= 1 ? q : 0;
}

}  // namespace

std::string_view code(Language language) {
    switch (language) {
        case Language::ar:
            return "ar";
        case Language::en:
            return "en";
        case Language::fr:
            break;
    }
    return "fr";
}

Language negotiate_language(std::string_view accept_language) {
    Language best = Language::fr;
    double best_quality = 0;
    while (!accept_language.empty()) {
        const auto comma = accept_language.find(',');
        const std::string_view item = accept_language.substr(0, comma);
        accept_language.remove_prefix(comma == std::string_view::npos ? accept_language.size() : comma + 1);

        const auto semicolon = item.find(';');
        const auto language = known(trim(item.substr(0, semicolon)));
        const double q = semicolon == std::string_view::npos ? 1 : quality(item.substr(semicolon + 1));
        if (language && q > best_quality) {
            best = *language;
            best_quality = q;
        }
    }
    return best;
}

}  // namespace safargo
