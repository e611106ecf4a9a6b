#include "app/commands.hpp"
#include "core/error.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace safargo::app {
namespace {

constexpr std::string_view introduction = R"(# Errors

Every refusal is `application/problem+json` (RFC 9457): `type`, `title`, `status`, `detail`, `code`, `errors[]` with
`{field, code, message}`, and `request_id`. Each code below: its title, then the `detail` it carries unless the fields or a
particular reason say more. Title and messages follow `Accept-Language` (fr, ar, en). This page is printed by
`safargo-api codes` from the tables in `apps/api/src/core`; `./safargo check contract` fails when it drifts. The routes are in
the OpenAPI document (`/docs`, `packages/api-client/openapi.json`).
)";

std::string code_rows() {
    std::string rows = "\n| code | status | français | العربية | English |\n|---|---|---|---|---|\n";
    for (const CodeInfo& row : code_table()) {
        rows += fmt::format("| `{}` | {} | {}. {} | {}. {} | {}. {} |\n", row.name, row.status, row.title_fr,
                            row.advice_fr, row.title_ar, row.advice_ar, row.title_en, row.advice_en);
    }
    return rows;
}

std::string rule_rows() {
    std::string rows = "\n## Codes of a field\n\n| code | français | العربية | English |\n|---|---|---|---|\n";
    for (const RuleInfo& row : rule_table()) {
        rows += fmt::format("| `{}` | {} | {} | {} |\n", row.name, row.message_fr, row.message_ar, row.message_en);
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
