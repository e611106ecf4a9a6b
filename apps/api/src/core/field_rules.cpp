#include "core/error.hpp"
#include "core/texts.hpp"

#include <array>
#include <cstddef>

namespace safargo {
namespace {

constexpr RuleInfo row(Rule rule, std::string_view name, std::string_view text_key, std::string_view first = {},
                       std::string_view second = {}) {
    return {rule, name, text_key, first, second};
}

constexpr std::array rules{
#define SAFARGO_RULE(name, ...) row(Rule::name, #name, "rules." #name __VA_OPT__(, ) __VA_ARGS__),
#include "core/rules.def"
#undef SAFARGO_RULE
};

const RuleInfo& info(Rule rule) {
    return rules[static_cast<std::size_t>(rule)];
}

}  // namespace

std::span<const RuleInfo> rule_table() {
    return rules;
}

std::string_view name(Rule rule) {
    return info(rule).name;
}

std::string message(const Violation& violation, Language language) {
    const RuleInfo& rule = info(violation.rule);
    return format_text(rule.text_key, language, {{rule.first, violation.first}, {rule.second, violation.second}});
}

}  // namespace safargo
