#include "db/connection.hpp"

#include "core/failures.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

namespace safargo::db {
namespace {

constexpr std::chrono::seconds grace{1};  // the server's own limit applies first; ours is for black holes

// Parameters as libpq's parallel arrays; the values are not copied.
struct WireParameters {
    explicit WireParameters(const Parameters& parameters) : count(static_cast<int>(parameters.slots().size())) {
        for (const Parameters::Slot& slot : parameters.slots()) {
            types.push_back(slot.type);
            values.push_back(slot.null ? nullptr : parameters.bytes().data() + slot.begin);
            lengths.push_back(static_cast<int>(slot.length));
            formats.push_back(slot.binary ? 1 : 0);
        }
    }
    int count;
    std::vector<Oid> types;
    std::vector<const char*> values;
    std::vector<int> lengths, formats;
};

}  // namespace

Task<Reply> Connection::exchange(std::string opening, std::span<const Bound> statements) {
    const std::string_view label = statements.empty() ? opening : statements.front().statement.name;
    if (!usable()) lose();  // answers to earlier statements may still arrive
    busy_ = true;
    Reply reply;
    try {
        arm();
        send(opening, statements);
        co_await flush();
        co_await receive(reply);
    } catch (const Wire::Expired&) {
        silent_ = true;
        throw DeadlineExceeded(fmt::format("no answer to statement {} in time", label));
    }
    wire_.disarm();
    busy_ = false;
    judge(reply, label);
    co_return reply;
}

Task<void> Connection::exchange_each(std::vector<Round*> rounds, std::function<void(Round&)> answered) {
    std::exception_ptr failure;
    try {
        co_await answer_each(rounds, answered);
    } catch (const Wire::Expired&) {
        silent_ = true;
        failure = std::make_exception_ptr(DeadlineExceeded("no answer to a shared round trip in time"));
    } catch (...) {
        failure = std::current_exception();
    }
    for (Round* round : rounds) {
        round->failure = failure;
        answered(*round);
    }
}

// Removes answered rounds from `rounds`.
Task<void> Connection::answer_each(std::vector<Round*>& rounds, const std::function<void(Round&)>& answered) {
    if (!usable()) lose();
    busy_ = true;
    arm();
    std::vector<std::size_t> ends;
    ends.reserve(rounds.size());
    for (const Round* round : rounds) {
        send("", round->statements);
        ends.push_back(sent_.size());
    }
    co_await flush();
    const std::size_t all = ends.back();
    for (const std::size_t end : ends) {
        Round& round = *rounds.front();
        arm();  // each round has the time limit of a statement
        co_await receive(round.reply, all - end);
        round.failure = failure_of_round(round);
        rounds.erase(rounds.begin());
        answered(round);
    }
    wire_.disarm();
    busy_ = false;
}

// A server failure ends all rounds; a statement's failure only its own.
std::exception_ptr Connection::failure_of_round(const Round& round) {
    try {
        judge(round.reply, round.statements.front().statement.name);
    } catch (const DeadlineExceeded&) {
        return std::current_exception();
    }
    return nullptr;
}

void Connection::arm() {
    wire_.expire_at(std::chrono::steady_clock::now() + settings_.statement_timeout + grace);
}

void Connection::send(const std::string& opening, std::span<const Bound> statements) {
    if (!opening.empty()) send_command(opening, SentCommand::Kind::opening);
    for (std::size_t i = 0; i < statements.size(); ++i) send_statement(statements[i], i);
    sync(statements.empty() ? 0 : statements.size() - 1);
}

void Connection::send_command(const std::string& sql, SentCommand::Kind kind) {
    if (PQsendQueryParams(conn_.get(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1) != 1) lose();
    sent_.push_back({.kind = kind});
}

void Connection::send_statement(const Bound& bound, std::size_t index) {
    const WireParameters wire(bound.parameters);
    const PreparedStatements::Choice choice = prepared_.choose(bound);
    if (choice.entry == nullptr) {
        const std::string sql(bound.statement.sql);
        if (PQsendQueryParams(conn_.get(), sql.c_str(), wire.count, wire.types.data(), wire.values.data(),
                              wire.lengths.data(), wire.formats.data(), 1) != 1) {
            lose();
        }
    } else {
        const char* name = choice.entry->server_name.c_str();
        if (choice.is_new) {
            if (PQsendPrepare(conn_.get(), name, choice.entry->sql.c_str(), wire.count, wire.types.data()) != 1) lose();
            sent_.push_back({.kind = SentCommand::Kind::prepare, .prepared = choice.key, .statement = index});
        }
        if (PQsendQueryPrepared(conn_.get(), name, wire.count, wire.values.data(), wire.lengths.data(),
                                wire.formats.data(), 1) != 1) {
            lose();
        }
    }
    sent_.push_back({.kind = SentCommand::Kind::execute, .statement = index});
}

void Connection::sync(std::size_t last_statement) {
    if (PQpipelineSync(conn_.get()) != 1) lose();
    sent_.push_back({.kind = SentCommand::Kind::sync, .statement = last_statement});
}

Task<void> Connection::flush() {
    for (;;) {
        const int left = PQflush(conn_.get());
        if (left == 0) co_return;
        if (left < 0) lose();
        // The server may not read on until we have read its answers.
        co_await wire_.readable_or_writable();
        consume_input();
    }
}

void Connection::consume_input() {
    if (PQconsumeInput(conn_.get()) != 1) lose();
}

Task<void> Connection::receive(Reply& reply, std::size_t left) {
    while (!absorb(reply, left)) {
        co_await wire_.readable();
        if (PQconsumeInput(conn_.get()) != 1) lose(reply.failure ? reply.failure->sqlstate : "");
    }
}

// Takes what has arrived; true once at most `left` commands, those of later rounds, remain unanswered.
bool Connection::absorb(Reply& reply, std::size_t left) {
    int silences = 0;
    while (sent_.size() > left) {
        if (PQisBusy(conn_.get()) != 0) return false;
        PGresult* result = PQgetResult(conn_.get());
        if (result != nullptr) {
            silences = 0;
            take(result, reply);
        } else if (++silences > 2) {  // each command ends with one NULL; more mean a lost connection
            lose(reply.failure ? reply.failure->sqlstate : "");
        }
    }
    return true;
}

void Connection::take(pg_result* result, Reply& reply) {
    Rows rows(result);
    const SentCommand command = sent_.front();
    const ExecStatusType status = PQresultStatus(result);
    // A Sync commits autocommitted statements; if that fails (deferred constraints) the error precedes the Sync's own
    // answer.
    const bool failed_at_sync = command.kind == SentCommand::Kind::sync && status == PGRES_FATAL_ERROR;
    if (!failed_at_sync) sent_.pop_front();
    switch (status) {
        case PGRES_TUPLES_OK:
        case PGRES_COMMAND_OK:
        case PGRES_EMPTY_QUERY:
            if (command.kind == SentCommand::Kind::execute) reply.rows.push_back(std::move(rows));
            return;
        case PGRES_PIPELINE_SYNC:
            if (command.kind != SentCommand::Kind::sync) lose();
            return;
        case PGRES_FATAL_ERROR:
            if (command.kind == SentCommand::Kind::rollback) lose();
            if (!reply.failure) reply.failure = failure_of(result, command.statement);
            break;
        case PGRES_PIPELINE_ABORTED:
            break;
        default:  // COPY sent through query()
            lose();
    }
    if (command.kind == SentCommand::Kind::prepare) prepared_.drop(command.prepared);
}

// Separates errors of the statement (left in the reply) from failures of the server (thrown).
void Connection::judge(const Reply& reply, std::string_view statement) {
    if (!reply.failure) return;
    const std::string& sqlstate = reply.failure->sqlstate;
    if (is_outage(sqlstate)) lose(sqlstate);
    if (sqlstate == "57014") {
        broken_ = true;
        throw DeadlineExceeded(fmt::format("statement {} was stopped at its time limit", statement));
    }
}

void Connection::lose(std::string_view sqlstate) {
    broken_ = true;
    throw DependencyUnavailable("database",
                                sqlstate.empty() ? "connection lost" : fmt::format("connection lost ({})", sqlstate));
}

bool Connection::in_transaction() const {
    return PQtransactionStatus(conn_.get()) != PQTRANS_IDLE;
}

bool Connection::send_rollback() {
    try {
        send_command("rollback", SentCommand::Kind::rollback);
        sync(0);
    } catch (const DependencyUnavailable&) {
        return false;
    }
    return PQflush(conn_.get()) == 0;
}

bool Connection::is_alive() {
    for (int looks = 0; looks < 8; ++looks) {
        const Wire::Pending pending = wire_.peek();
        if (pending == Wire::Pending::nothing) return PQstatus(conn_.get()) == CONNECTION_OK;
        if (pending == Wire::Pending::closed || PQconsumeInput(conn_.get()) != 1) return false;
    }
    return false;
}

Task<std::string> Connection::notification() {
    busy_ = true;
    for (;;) {
        const std::unique_ptr<PGnotify, decltype(&PQfreemem)> notify(PQnotifies(conn_.get()), &PQfreemem);
        if (notify) {
            busy_ = false;
            co_return std::string(notify->extra);
        }
        co_await wire_.readable();
        consume_input();
    }
}

}  // namespace safargo::db
