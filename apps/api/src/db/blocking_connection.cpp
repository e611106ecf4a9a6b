#include "db/blocking_connection.hpp"

#include <libpq-fe.h>

namespace safargo::db {
namespace {

std::string field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? std::string{} : std::string(text);
}

// Only the primary message: its detail may quote rows.
void check(const PGresult* result, pg_conn* connection) {
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return;
    const std::string message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    const std::string position = field(result, PG_DIAG_STATEMENT_POSITION);
    const std::string where = position.empty() ? "" : " at character " + position;
    throw BlockingError(field(result, PG_DIAG_SQLSTATE),
                        message.empty() ? PQerrorMessage(connection) : message + where);
}

}  // namespace

BlockingConnection::BlockingConnection(const std::string& url) : conn_(PQconnectdb(url.c_str())) {
    if (PQstatus(conn_.get()) != CONNECTION_OK) throw BlockingError("", PQerrorMessage(conn_.get()));
    PQsetNoticeReceiver(conn_.get(), [](void*, const PGresult*) {}, nullptr);
}

void BlockingConnection::Finish::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

void BlockingConnection::execute(const std::string& sql) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(conn_.get(), sql.c_str()), &PQclear);
    check(result.get(), conn_.get());
}

Rows BlockingConnection::query(const std::string& sql, const std::vector<std::string>& values) {
    std::vector<const char*> texts;
    texts.reserve(values.size());
    for (const std::string& value : values) texts.push_back(value.c_str());
    Rows rows(PQexecParams(conn_.get(), sql.c_str(), static_cast<int>(texts.size()), nullptr, texts.data(), nullptr,
                           nullptr, 1));
    check(rows.result(), conn_.get());
    return rows;
}

bool BlockingConnection::in_transaction() const {
    return PQtransactionStatus(conn_.get()) == PQTRANS_INTRANS;
}

}  // namespace safargo::db
