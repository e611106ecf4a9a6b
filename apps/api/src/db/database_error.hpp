// What PostgreSQL refused, without a word of the data: messages and details of the server quote values.
#pragma once

#include "core/error.hpp"

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace safargo::db {

// The code and the query disagree about a column: a wrong type, an unexpected NULL, a value that cannot be carried.
struct MappingError : std::logic_error {
    using std::logic_error::logic_error;
};

// The server answered a statement with an error that nobody announced as expected.
struct DatabaseError : std::runtime_error {
    // `hint` may only hold words of the schema or of the SQL text, never values.
    DatabaseError(std::string state, std::string violated, std::string name, const std::string& hint = {});

    std::string sqlstate;    // five characters, "23505"
    std::string constraint;  // the violated constraint, empty if none
    std::string statement;   // Statement::name

    // The transaction lost a race, or its plan went stale under a migration: run it again from the start.
    bool retryable() const;
};

// A prepared statement that a migration outdated (0A000) or that the server lost (26000): prepare again.
bool is_stale_plan(std::string_view sqlstate);

// A constraint whose violation is an expected answer. A table of these must outlive the query (constexpr).
struct Refusal {
    std::string_view constraint;
    Code code;
    std::string_view field = {};  // set: the Error carries duplicate_value for this field
};

// The listed answer for a violated unique (23505), exclusion (23P01), check (23514) or foreign key (23503) constraint.
std::optional<Error> refusal_for(std::string_view sqlstate, std::string_view constraint,
                                 std::span<const Refusal> refusals);

}  // namespace safargo::db
