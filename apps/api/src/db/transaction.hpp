// One transaction on one connection. It begins with its first statement, in the same round trip.
// Destroyed without commit it is undone: the ROLLBACK leaves at once and the connection goes back to the pool,
// or the connection is dropped when a statement was still under way.
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

    // Leaves with the next statement or with the commit, before it and in the same round trip: for effects that nobody
    // waits to hear of. What the server says against it is thrown there, under its own name; a rollback drops it.
    // Values are bound at once; the statement's text must outlive the transaction.
    template <class... A>
    void defer(const Statement& statement, const A&... values) {
        deferred_.push_back(db::bind(statement, values...));
    }

    // Throws DatabaseError if the server refuses (deferred constraints, or an earlier statement failed), and
    // DependencyUnavailable if the answer never came: then nobody knows, and nobody may try again.
    Task<void> commit();
    Task<void> rollback();

    // Names are identifiers: [a-z_][a-z0-9_]*, at most 63 characters.
    Task<void> savepoint(std::string name);
    Task<void> rollback_to(std::string name);
    // One that went with other statements in a batch.
    void note_savepoint(std::string name);

    // From here on a statement that waits longer for a lock fails with 55P03 (DatabaseError).
    Task<void> limit_lock_waits(std::chrono::milliseconds limit);

    // Runs once the commit is certain, in the order given; never after a rollback, nor after one to a savepoint that is
    // older than it. What it throws is logged only.
    void after_commit(std::function<void()> action);

    // COPY … FROM STDIN: `next` fills the empty chunk (any cut of the format's bytes) until it answers false.
    // COPY … TO STDOUT: `sink` receives one row per call. Both answer the number of rows. No time limit on the
    // whole, only on standing still. What the callback throws drops the connection, and with it the transaction.
    // `sql` must outlive the task.
    Task<std::int64_t> copy_in(std::string_view sql, std::function<bool(std::string& chunk)> next);
    Task<std::int64_t> copy_out(std::string_view sql, std::function<void(std::string_view chunk)> sink);

private:
    struct Savepoint {
        std::string name;
        std::size_t actions;  // of after_commit that stood before it
    };

    Task<Reply> exchange(std::span<const Bound> statements) override;
    Task<Reply> send(std::span<const Bound> statements);
    Task<Rows> command(Bound bound);
    Task<void> send_commit();
    void forget_actions_since(std::string_view name);

    std::unique_ptr<Lease> lease_;  // none once it ended
    std::string opening_;           // BEGIN, until it has been sent
    std::vector<Bound> deferred_;
    std::vector<std::function<void()>> after_commit_;
    std::vector<Savepoint> savepoints_;  // oldest first
};

}  // namespace safargo::db
