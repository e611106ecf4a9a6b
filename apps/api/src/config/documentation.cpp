#include "config/documentation.hpp"

#include "config/rules.hpp"

namespace safargo {
namespace {

std::string shown(const Default& fallback) {
    if (!fallback.words.empty()) return std::string(fallback.words);
    if (fallback.value.empty()) return "–";
    const bool another = fallback.value.starts_with('$');
    return '`' + std::string(fallback.value.substr(another ? 1 : 0)) + '`';
}

std::string default_cell(const Variable& variable) {
    if (variable.required) return "required";
    const std::string production = shown(variable.fallback.production);
    const std::string development = shown(variable.fallback.development);
    return production == development ? production : production + "; " + development + " in development";
}

}  // namespace

std::string configuration_table(Variables variables) {
    std::string table = "| variable | default | value | meaning |\n|---|---|---|---|\n";
    for (const Variable& variable : variables) {
        table += "| `" + std::string(variable.name) + (variable.secret ? "` *secret*" : "`");
        table += " | " + default_cell(variable) + " | " + words(variable.rule);
        table += " | " + std::string(variable.meaning) + " |\n";
    }
    return table;
}

}  // namespace safargo
