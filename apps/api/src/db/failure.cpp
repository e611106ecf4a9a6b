#include "db/reply.hpp"

#include <libpq-fe.h>

namespace safargo::db {
namespace {

std::string diagnostic(const pg_result* result, int field) {
    const char* text = PQresultErrorField(result, field);
    return text == nullptr ? std::string{} : std::string(text);
}

// Class 42 errors (syntax, unknown names) quote only SQL and schema; other messages quote values.
std::string hint(const pg_result* result, const std::string& sqlstate) {
    if (sqlstate.starts_with("42")) return diagnostic(result, PG_DIAG_MESSAGE_PRIMARY);
    if (sqlstate == "23502") return "column " + diagnostic(result, PG_DIAG_COLUMN_NAME);
    return {};
}

}  // namespace

Failure failure_of(const pg_result* result, std::size_t statement) {
    Failure failure;
    failure.sqlstate = diagnostic(result, PG_DIAG_SQLSTATE);
    failure.constraint = diagnostic(result, PG_DIAG_CONSTRAINT_NAME);
    failure.hint = hint(result, failure.sqlstate);
    failure.statement = statement;
    return failure;
}

void raise(const Failure& failure, std::string_view statement) {
    throw DatabaseError(failure.sqlstate, failure.constraint, std::string(statement), failure.hint);
}

bool is_outage(std::string_view sqlstate) {
    for (const std::string_view prefix : {"08", "53", "57P", "25P03", "25006"}) {
        if (sqlstate.starts_with(prefix)) return true;
    }
    return sqlstate.empty();  // libpq's own error: the server sent none
}

}  // namespace safargo::db
