// Errors from PostgreSQL, without data: the server's messages and details quote values.
#pragma once

#include "core/error.hpp"

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace safargo::db {

// Code and query disagree about a column: wrong type, unexpected NULL, unrepresentable value.
struct MappingError : std::logic_error {
    using std::logic_error::logic_error;
};

// The server refused a statement with an error not listed as expected.
struct DatabaseError : std::runtime_error {
    // `hint` may only quote the schema or the SQL text, never values.
    DatabaseError(std::string state, std::string violated, std::string name, const std::string& hint = {});

    std::string sqlstate;    // five characters, "23505"
    std::string constraint;  // the violated constraint, empty if none
    std::string statement;   // Statement::name

    // The transaction lost a race, or its plan became stale during a migration: run it again from the start.
    bool retryable() const;
};

// A prepared statement outdated by a migration (0A000) or lost by the server (26000): prepare it again.
bool is_stale_plan(std::string_view sqlstate);

// A constraint whose violation is an expected error. A table of these must outlive the query (constexpr).
struct Refusal {
    std::string_view constraint;
    Code code;
    std::string_view field = {};  // set: the Error carries duplicate_value for this field
};

// The listed error for a violated unique (23505), exclusion (23P01), check (23514) or foreign key (23503) constraint.
std::optional<Error> refusal_for(std::string_view sqlstate, std::string_view constraint,
                                 std::span<const Refusal> refusals);

}  // namespace safargo::db
