// Connecting: PQconnectPoll driven by Asio.
#include "core/failures.hpp"
#include "db/connection.hpp"

#include <libpq-fe.h>

namespace safargo::db {
namespace {

// The first line of libpq's message: where and why, never data.
std::string first_line(const char* message) {
    const std::string_view all = message;
    return std::string(all.substr(0, all.find('\n')));
}

pg_conn* start(const ConnectParameters& parameters) {
    std::vector<const char*> keywords, values;
    for (const auto& [keyword, value] : parameters) {
        keywords.push_back(keyword.c_str());
        values.push_back(value.c_str());
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    return PQconnectStartParams(keywords.data(), values.data(), 0);
}

}  // namespace

Connection::Connection(const boost::asio::any_io_executor& executor, ConnectSettings settings)
    : executor_(executor), settings_(std::move(settings)), wire_(executor) {}

Connection::~Connection() = default;

void Connection::Finish::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

Task<void> Connection::open(Wire::Time deadline) {
    busy_ = true;
    try {
        co_await connect(deadline);
    } catch (const Wire::Expired&) {
        throw DependencyUnavailable("database", "no connection in time");
    }
    busy_ = false;
}

Task<void> Connection::connect(Wire::Time deadline) {
    const ConnectParameters parameters = co_await with_addresses(executor_, connect_parameters(settings_), deadline);
    conn_.reset(start(parameters));
    if (!conn_) throw std::bad_alloc();
    wire_.expire_at(deadline);
    co_await handshake();
    wire_.disarm();
    wire_.watch(PQsocket(conn_.get()));
    // Notices quote data, and libpq prints them to standard error by default.
    PQsetNoticeReceiver(conn_.get(), [](void*, const PGresult*) {}, nullptr);
    if (PQsetnonblocking(conn_.get(), 1) != 0 || PQenterPipelineMode(conn_.get()) != 1) lose();
}

Task<void> Connection::handshake() {
    PostgresPollingStatusType next = PGRES_POLLING_WRITING;
    while (next != PGRES_POLLING_OK) {
        if (next == PGRES_POLLING_FAILED || PQstatus(conn_.get()) == CONNECTION_BAD) {
            throw DependencyUnavailable("database", first_line(PQerrorMessage(conn_.get())));
        }
        wire_.watch(PQsocket(conn_.get()));  // a different one for each address tried
        if (next == PGRES_POLLING_READING) {
            co_await wire_.readable();
        } else {
            co_await wire_.writable();
        }
        next = PQconnectPoll(conn_.get());
    }
}

}  // namespace safargo::db
