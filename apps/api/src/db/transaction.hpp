// One transaction on one connection. It begins with its first statement, in the same round trip. Destroyed without
// commit it is rolled back: the ROLLBACK is sent at once and the connection returns to the pool, or the connection is
// dropped if a statement was in progress.
#pragma once

#include "core/task.hpp"
#include "db/session.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::db {

enum class Isolation { read_committed, repeatable_read, serializable };

class Lease;

class Transaction : public Session {
public:
    Transaction(std::unique_ptr<Lease> lease, Isolation isolation);
    Transaction(Transaction&&) noexcept;
    Transaction& operator=(Transaction&&) noexcept;
    ~Transaction() override;

    // Sent with the next statement or the commit, before it and in the same round trip: for effects whose result is not
    // needed. A server error is thrown there, under the deferred statement's name; a rollback drops it. Values are
    // bound at once; the statement's text must outlive the transaction.
    template <class... A>
    void defer(const Statement& statement, const A&... values) {
        deferred_.push_back(db::bind(statement, values...));
    }

    // Throws DatabaseError if the server refuses (deferred constraints, or an earlier failed statement), and
    // DependencyUnavailable if no answer came: then the outcome is unknown, and the transaction must not be retried.
    Task<void> commit();
    Task<void> rollback();

    // Names are identifiers: [a-z_][a-z0-9_]*, at most 63 characters.
    Task<void> savepoint(std::string name);
    Task<void> rollback_to(std::string name);
    // Records a savepoint that was sent with other statements in a batch.
    void note_savepoint(std::string name);

    // From now on a statement that waits longer for a lock fails with 55P03 (DatabaseError).
    Task<void> limit_lock_waits(std::chrono::milliseconds limit);

    // Runs once the commit is certain, in order of registration; never after a rollback, nor after a rollback to an
    // earlier savepoint. Exceptions are only logged.
    void after_commit(std::function<void()> action);

    // COPY … FROM STDIN: `next` fills the empty chunk (the format's bytes, split anywhere) until it returns false. COPY
    // … TO STDOUT: `sink` receives one row per call. Both return the number of rows. There is no time limit on the
    // whole, only on lack of progress. An exception from the callback drops the connection, and with it the
    // transaction. `sql` must outlive the task.
    Task<std::int64_t> copy_in(std::string_view sql, std::function<bool(std::string& chunk)> next);
    Task<std::int64_t> copy_out(std::string_view sql, std::function<void(std::string_view chunk)> sink);

private:
    struct Savepoint {
        std::string name;
        std::size_t actions;  // number of after_commit actions before it
    };

    Task<Reply> exchange(std::span<const Bound> statements) override;
    Task<Reply> send(std::span<const Bound> statements);
    Task<Rows> command(Bound bound);
    Task<void> send_commit();
    void forget_actions_since(std::string_view name);

    std::unique_ptr<Lease> lease_;  // none once the transaction has ended
    std::string opening_;           // BEGIN, until sent
    std::vector<Bound> deferred_;
    std::vector<std::function<void()>> after_commit_;
    std::vector<Savepoint> savepoints_;  // oldest first
};

}  // namespace safargo::db
