// The answers to one round trip of statements.
#pragma once

#include "db/database_error.hpp"
#include "db/parameters.hpp"
#include "db/rows.hpp"

#include <cstddef>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::db {

// The first failed statement; the server skipped all later ones.
struct Failure {
    std::string sqlstate, constraint;
    std::string hint;           // quotes only the schema or the SQL text
    std::size_t statement = 0;  // index of the statement
};

Failure failure_of(const pg_result* result, std::size_t statement);

[[noreturn]] void raise(const Failure& failure, std::string_view statement);

// The server is gone, full, or now a standby: not the statement's fault.
bool is_outage(std::string_view sqlstate);

struct Reply {
    std::vector<Rows> rows;  // of the statements before the failure
    std::optional<Failure> failure;
};

// One of several round trips in a shared batch.
struct Round {
    std::span<const Bound> statements;
    Reply reply{};
    std::exception_ptr failure{};
};

}  // namespace safargo::db
