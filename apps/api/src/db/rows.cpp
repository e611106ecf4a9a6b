#include "db/rows.hpp"

#include "db/database_error.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>

namespace safargo::db {

Rows::Rows(pg_result* result) : result_(result) {}

void Rows::Free::operator()(pg_result* result) const {
    PQclear(result);
}

std::size_t Rows::size() const {
    return static_cast<std::size_t>(PQntuples(result_.get()));
}

Row Rows::operator[](std::size_t index) const {
    if (index >= size()) throw MappingError(fmt::format("row {} of {}", index, size()));
    return {result_.get(), static_cast<int>(index)};
}

std::int64_t Rows::affected() const {
    const std::string_view digits = PQcmdTuples(result_.get());
    std::int64_t count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
}

std::string_view Rows::command() const {
    return PQcmdStatus(result_.get());
}

wire::Field Row::field(int column) const {
    if (column < 0 || column >= PQnfields(result_)) {
        throw MappingError(fmt::format("column {} of {}", column, PQnfields(result_)));
    }
    wire::Field field{PQfname(result_, column), PQftype(result_, column), std::nullopt};
    if (PQgetisnull(result_, index_, column) == 0) {
        field.bytes = std::string_view(PQgetvalue(result_, index_, column),
                                       static_cast<std::size_t>(PQgetlength(result_, index_, column)));
    }
    return field;
}

}  // namespace safargo::db
