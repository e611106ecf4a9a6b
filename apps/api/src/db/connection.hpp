// One connection to PostgreSQL, in pipeline mode except during COPY. One caller at a time. Everything sent together is
// one round trip with one Sync. An interrupted wait (timeout, cancellation, lost server) leaves answers unread: the
// connection is no longer usable() and its owner drops it.
#pragma once

#include "core/task.hpp"
#include "db/connect_parameters.hpp"
#include "db/parameters.hpp"
#include "db/reply.hpp"
#include "db/sent_commands.hpp"
#include "db/wire.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;

namespace safargo::db {

class Connection {
public:
    Connection(const boost::asio::any_io_executor& executor, ConnectSettings settings);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Throws DependencyUnavailable: at once if refused, at the latest at `deadline`.
    Task<void> open(Wire::Time deadline);

    // `opening` (a BEGIN, or nothing) runs before the statements, unprepared. An SQL error is returned as a Failure;
    // DeadlineExceeded and DependencyUnavailable are thrown.
    Task<Reply> exchange(std::string opening, std::span<const Bound> statements);

    // Several round trips in one, each with its own Sync: a failed one leaves the others alone. `answered` is called
    // for each in order, with its reply or failure, whatever happens. Throws nothing.
    Task<void> exchange_each(std::vector<Round*> rounds, std::function<void(Round&)> answered);

    // The contract of the callbacks is Transaction's. A failed COPY throws DatabaseError.
    Task<std::int64_t> copy_in(std::string sql, std::function<bool(std::string&)> next);
    Task<std::int64_t> copy_out(std::string sql, std::function<void(std::string_view)> sink);

    Task<std::string> notification();  // no time limit; throws DependencyUnavailable when the server is lost
    void interrupt() { wire_.interrupt(); }

    bool usable() const { return conn_ != nullptr && !busy_ && !broken_; }
    bool is_silent() const { return silent_; }  // a wait ended by our own timer: a black hole
    bool in_transaction() const;

    // Sends ROLLBACK without waiting: locks are released now, the answer is read later. False: drop this connection.
    bool send_rollback();
    // Has the server closed the idle connection? Does not wait.
    bool is_alive();
    void forget_prepared() { prepared_.forget(); }

private:
    struct Finish {
        void operator()(pg_conn* connection) const;
    };

    Task<void> connect(Wire::Time deadline);
    Task<void> handshake();

    void send(const std::string& opening, std::span<const Bound> statements);
    void send_command(const std::string& sql, SentCommand::Kind kind);
    void send_statement(const Bound& bound, std::size_t index);
    void sync(std::size_t last_statement);
    Task<void> flush();
    Task<void> receive(Reply& reply, std::size_t left = 0);
    bool absorb(Reply& reply, std::size_t left);
    Task<void> answer_each(std::vector<Round*>& rounds, const std::function<void(Round&)>& answered);
    std::exception_ptr failure_of_round(const Round& round);
    void take(pg_result* result, Reply& reply);
    void judge(const Reply& reply, std::string_view statement);
    void consume_input();

    // COPY leaves pipeline mode, which does not support it, and returns to it afterwards.
    struct CopyAnswer {
        bool copying = false;
        std::int64_t rows = 0;
        std::optional<Failure> failure;
    };
    Task<void> start_copy(std::string sql);
    Task<CopyAnswer> copy_answer();
    Task<void> send_chunk(std::string_view chunk);
    Task<void> receive_rows(std::function<void(std::string_view)> sink);
    Task<std::int64_t> end_copy();
    void leave_copy(const CopyAnswer& answer);

    void arm();
    [[noreturn]] void lose(std::string_view sqlstate = {});

    boost::asio::any_io_executor executor_;
    ConnectSettings settings_;
    std::unique_ptr<pg_conn, Finish> conn_;
    Wire wire_;
    PreparedStatements prepared_;
    SentCommands sent_;
    bool busy_ = false;
    bool broken_ = false;
    bool silent_ = false;
};

}  // namespace safargo::db
