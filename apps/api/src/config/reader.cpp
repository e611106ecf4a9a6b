#include "config/reader.hpp"

#include "config/rules.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo {
namespace {

std::string_view default_text(const Variable& variable, Environment environment) {
    const bool local = environment == Environment::development;
    return (local ? variable.fallback.development : variable.fallback.production).value;
}

// Assigns checked values, or defaults (checked by a test). With neither, Config keeps its initial value.
struct Assignment {
    Config& config;
    const std::string& value;

    void operator()(std::monostate) const {}
    void operator()(Environment Config::* field) const { config.*field = environment_of(value); }
    void operator()(std::string Config::* field) const { config.*field = value; }
    void operator()(std::uint16_t Config::* field) const {
        if (const auto number = whole_number_of(value)) config.*field = static_cast<std::uint16_t>(*number);
    }
    void operator()(unsigned Config::* field) const { config.*field = whole_number_of(value).value_or(config.*field); }
    void operator()(std::optional<unsigned> Config::* field) const { config.*field = whole_number_of(value); }
    void operator()(bool Config::* field) const { config.*field = flag_of(value).value_or(config.*field); }
    void operator()(std::chrono::seconds Config::* field) const {
        config.*field = duration_of(value).value_or(config.*field);
    }
    void operator()(std::optional<std::chrono::seconds> Config::* field) const { config.*field = duration_of(value); }
    void operator()(std::vector<std::string> Config::* field) const { config.*field = items_of(value); }
};

}  // namespace

void VariableReader::read_all(Config& config) {
    for (const Variable& variable : declared_) read(variable, config);
    name_incomplete_groups(config);
}

void VariableReader::read(const Variable& variable, Config& config) {
    const auto set = given(variable);
    if (!set && variable.required) refuse(variable, "is required");
    std::string value = value_of(variable, config.environment);
    // The environment may come from another variable's value, which is not checked elsewhere.
    if (set || variable.rule.kind == Kind::environment) {
        if (const auto reason = refusal(variable.rule, value, config.environment)) return refuse(variable, *reason);
    }
    const bool switched_off = set && !missing_of(variable.group, config.environment).empty();
    if (switched_off) value = default_of(variable, config.environment);
    std::visit(Assignment{config, value}, variable.target);
}

void VariableReader::refuse(const Variable& variable, std::string_view reason) {
    problems_.push_back(std::string(variable.name) + ": " + std::string(reason));
}

std::optional<std::string> VariableReader::given(const Variable& variable) const {
    auto value = lookup_(variable.name);
    if (value && value->empty()) return std::nullopt;
    return value;
}

std::string VariableReader::value_of(const Variable& variable, Environment environment) const {
    auto set = given(variable);
    return set ? std::move(*set) : default_of(variable, environment);
}

std::string VariableReader::default_of(const Variable& variable, Environment environment) const {
    const std::string_view text = default_text(variable, environment);
    const std::size_t dollar = text.find('$');
    std::string value(text.substr(0, dollar));
    if (dollar == std::string_view::npos) return value;
    const auto other = std::ranges::find(declared_, text.substr(dollar + 1), &Variable::name);
    if (other == declared_.end()) throw std::logic_error("a default names an unknown variable: " + std::string(text));
    return value + value_of(*other, environment);
}

std::vector<std::string_view> VariableReader::missing_of(std::string_view group, Environment environment) const {
    std::vector<std::string_view> missing;
    bool used = false;
    for (const Variable& member : declared_) {
        if (group.empty() || member.group != group) continue;
        const bool set = given(member).has_value();
        used |= set;
        if (!set && default_text(member, environment).empty()) missing.push_back(member.name);
    }
    if (!used) missing.clear();
    return missing;
}

void VariableReader::name_incomplete_groups(Config& config) const {
    std::vector<std::string_view> seen;
    for (const Variable& variable : declared_) {
        if (std::ranges::find(seen, variable.group) != seen.end()) continue;
        seen.push_back(variable.group);
        std::string line;
        for (const std::string_view name : missing_of(variable.group, config.environment)) {
            line += line.empty() ? std::string(variable.group) + " is switched off without " : std::string(", ");
            line += name;
        }
        if (!line.empty()) config.incomplete_groups.push_back(std::move(line));
    }
}

}  // namespace safargo
