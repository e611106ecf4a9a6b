#include "app/commands.hpp"
#include "core/error.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>

namespace safargo::app {
namespace {

constexpr std::string_view introduction = R"(# Errors

Every refusal is `application/problem+json` (RFC 9457): `type`, `title`, `status`, `detail`, `code`, `errors[]` with
`{field, code, message}`, and `request_id`. Each code below: its title, then the `detail` it carries unless the fields or a
particular reason say more. Title and messages follow `Accept-Language` (fr, ar, en); in `{}` stand the values that a message
speaks of. This page is printed by `safargo-api codes` from what core and each feature declare (`declared.def`) and say
(`messages/`); `./safargo check contract` fails when it drifts. The routes are in the OpenAPI document (`/docs`,
`packages/api-client/openapi.json`).
)";

constexpr std::array languages{Language::fr, Language::ar, Language::en};

std::string code_rows() {
    std::string rows = "\n| code | status | français | العربية | English |\n|---|---|---|---|---|\n";
    for (const CodeInfo& row : code_table()) {
        rows += fmt::format("| `{}` | {} |", row.name, row.status);
        for (const Language language : languages) {
            rows += fmt::format(" {}. {} |", title(row.code, language), advice(row.code, language));
        }
        rows += '\n';
    }
    return rows;
}

std::string rule_rows() {
    std::string rows = "\n## Codes of a field\n\n| code | français | العربية | English |\n|---|---|---|---|\n";
    for (const RuleInfo& row : rule_table()) {
        const Violation example{row.rule, fmt::format("{{{}}}", row.first), fmt::format("{{{}}}", row.second)};
        rows += fmt::format("| `{}` |", row.name);
        for (const Language language : languages) rows += fmt::format(" {} |", message(example, language));
        rows += '\n';
    }
    return rows;
}

}  // namespace

int run_codes() {
    const std::string page = std::string(introduction) + code_rows() + rule_rows();
    std::fputs(page.c_str(), stdout);
    return 0;
}

}  // namespace safargo::app
