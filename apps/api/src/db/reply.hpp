// What came back for one round trip of statements.
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

// The first statement that failed; the server skipped those behind it.
struct Failure {
    std::string sqlstate, constraint;
    std::string hint;           // words of the schema or the SQL text only
    std::size_t statement = 0;  // its place among the statements
};

Failure failure_of(const pg_result* result, std::size_t statement);

[[noreturn]] void raise(const Failure& failure, std::string_view statement);

// The server goes away, is full, or became a standby: nothing the statement did wrong.
bool is_outage(std::string_view sqlstate);

struct Reply {
    std::vector<Rows> rows;  // of the statements before the failure
    std::optional<Failure> failure;
};

// One of several round trips that share a connection and a batch.
struct Round {
    std::span<const Bound> statements;
    Reply reply{};
    std::exception_ptr failure{};
};

}  // namespace safargo::db
