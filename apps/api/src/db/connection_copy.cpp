#include "core/failures.hpp"
#include "db/connection.hpp"

#include <libpq-fe.h>

#include <charconv>
#include <stdexcept>

namespace safargo::db {
namespace {

constexpr std::string_view label = "copy";

std::int64_t count_of(const PGresult* result) {
    const std::string_view digits = PQcmdTuples(const_cast<PGresult*>(result));
    std::int64_t count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
}

}  // namespace

Task<std::int64_t> Connection::copy_in(std::string sql, std::function<bool(std::string&)> next) {
    try {
        co_await start_copy(std::move(sql));
        for (std::string chunk; next(chunk); chunk.clear()) co_await send_chunk(chunk);
        while (PQputCopyEnd(conn_.get(), nullptr) == 0) co_await flush();
        co_return co_await end_copy();
    } catch (const Wire::Expired&) {
        throw DeadlineExceeded("COPY made no progress");
    }
}

Task<std::int64_t> Connection::copy_out(std::string sql, std::function<void(std::string_view)> sink) {
    try {
        co_await start_copy(std::move(sql));
        co_await receive_rows(std::move(sink));
        co_return co_await end_copy();
    } catch (const Wire::Expired&) {
        throw DeadlineExceeded("COPY made no progress");
    }
}

Task<void> Connection::start_copy(std::string sql) {
    if (!usable()) lose();
    busy_ = true;
    arm();
    if (PQexitPipelineMode(conn_.get()) != 1 || PQsendQuery(conn_.get(), sql.c_str()) != 1) lose();
    co_await flush();
    const CopyAnswer answer = co_await copy_answer();
    if (answer.copying) co_return;
    leave_copy(answer);
    throw std::logic_error("this statement is not a COPY");
}

// Reads until data flows, or to the end of the command.
Task<Connection::CopyAnswer> Connection::copy_answer() {
    CopyAnswer answer;
    for (;;) {
        while (PQisBusy(conn_.get()) != 0) {
            co_await wire_.readable();
            consume_input();
        }
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQgetResult(conn_.get()), &PQclear);
        if (!result) co_return answer;
        const ExecStatusType status = PQresultStatus(result.get());
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) {
            answer.copying = true;
            co_return answer;
        }
        if (status == PGRES_FATAL_ERROR && !answer.failure) answer.failure = failure_of(result.get(), 0);
        answer.rows = count_of(result.get());
    }
}

Task<void> Connection::send_chunk(std::string_view chunk) {
    arm();
    for (;;) {
        const int taken = PQputCopyData(conn_.get(), chunk.data(), static_cast<int>(chunk.size()));
        if (taken < 0) lose();
        co_await flush();  // after every chunk, so that memory holds only one
        if (taken == 1) co_return;
    }
}

Task<void> Connection::receive_rows(std::function<void(std::string_view)> sink) {
    for (;;) {
        char* row = nullptr;
        const int size = PQgetCopyData(conn_.get(), &row, 1);
        const std::unique_ptr<char, decltype(&PQfreemem)> owned(row, &PQfreemem);
        if (size < 0) co_return;  // the end, or a failure that end_copy() reads
        if (size > 0) {
            sink({row, static_cast<std::size_t>(size)});
            continue;
        }
        arm();
        co_await wire_.readable();
        consume_input();
    }
}

Task<std::int64_t> Connection::end_copy() {
    arm();
    co_await flush();
    const CopyAnswer answer = co_await copy_answer();
    leave_copy(answer);
    co_return answer.rows;
}

void Connection::leave_copy(const CopyAnswer& answer) {
    if (PQenterPipelineMode(conn_.get()) != 1) lose();
    wire_.disarm();
    busy_ = false;
    if (!answer.failure) return;
    judge({.rows = {}, .failure = answer.failure}, label);
    throw DatabaseError(answer.failure->sqlstate, answer.failure->constraint, std::string(label), answer.failure->hint);
}

}  // namespace safargo::db
