#include "db/database_error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace safargo::db {
namespace {

std::string describe(std::string_view state, std::string_view violated, std::string_view name, std::string_view hint) {
    std::string text = fmt::format("statement {} failed: {}", name, state);
    if (!violated.empty()) text += fmt::format(" on {}", violated);
    if (!hint.empty()) text += fmt::format(": {}", hint);
    return text;
}

}  // namespace

DatabaseError::DatabaseError(std::string state, std::string violated, std::string name, const std::string& hint)
    : std::runtime_error(describe(state, violated, name, hint)),
      sqlstate(std::move(state)),
      constraint(std::move(violated)),
      statement(std::move(name)) {}

bool DatabaseError::retryable() const {
    return sqlstate == "40001" || sqlstate == "40P01" || is_stale_plan(sqlstate);
}

bool is_stale_plan(std::string_view sqlstate) {
    return sqlstate == "0A000" || sqlstate == "26000";
}

std::optional<Error> refusal_for(std::string_view sqlstate, std::string_view constraint,
                                 std::span<const Refusal> refusals) {
    constexpr std::string_view violations[] = {"23505", "23P01", "23514", "23503"};
    if (std::ranges::find(violations, sqlstate) == std::end(violations)) return std::nullopt;
    const auto found = std::ranges::find(refusals, constraint, &Refusal::constraint);
    if (found == refusals.end()) return std::nullopt;
    Error error{.code = found->code};
    if (!found->field.empty()) error.fields.push_back({std::string(found->field), {Rule::duplicate_value}});
    return error;
}

}  // namespace safargo::db
