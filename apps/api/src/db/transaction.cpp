#include "db/transaction.hpp"

#include "core/current_failure.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"
#include "db/pool.hpp"
#include "db/uncancelled.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo::db {
namespace {

constexpr Statement commit_statement{"commit", "commit"};
constexpr Statement rollback_statement{"rollback", "rollback"};
// A COPY takes as long as its data; only a lack of progress is limited, by our own timer.
constexpr Statement lift_limit{"lift_statement_timeout", "set local statement_timeout = 0"};
constexpr Statement restore_limit{"restore_statement_timeout", "set local statement_timeout to default"};

std::string opening_of(Isolation isolation) {
    switch (isolation) {
        case Isolation::read_committed:
            return "begin isolation level read committed";
        case Isolation::repeatable_read:
            return "begin isolation level repeatable read";
        case Isolation::serializable:
            return "begin isolation level serializable";
    }
    throw std::logic_error("unknown isolation level");
}

Bound once(const Statement& statement) {
    return {.statement = statement, .parameters = {}, .once = true};
}

void check_identifier(std::string_view name) {
    const auto is_start = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    const auto is_part = [&](char c) { return is_start(c) || (c >= '0' && c <= '9'); };
    if (name.empty() || name.size() > 63 || !is_start(name.front()) || !std::ranges::all_of(name, is_part)) {
        throw std::invalid_argument("a savepoint name must be a plain identifier");
    }
}

void run_all(const std::vector<std::function<void()>>& actions) {
    for (const auto& action : actions) {
        try {
            action();
        } catch (...) {
            log::error("after_commit_failed", {{"error", std::string_view(describe_current_failure())}});
        }
    }
}

}  // namespace

Transaction::Transaction(std::unique_ptr<Lease> lease, Isolation isolation)
    : lease_(std::move(lease)), opening_(opening_of(isolation)) {}

Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;  // the pool rolls back what a returned connection left open

Task<Reply> Transaction::exchange(std::span<const Bound> statements) {
    if (deferred_.empty()) co_return co_await send(statements);
    std::vector<Bound> all = std::exchange(deferred_, {});
    const std::size_t before = all.size();
    all.insert(all.end(), statements.begin(), statements.end());
    Reply reply = co_await send(all);
    if (reply.failure) {
        if (reply.failure->statement < before) raise(*reply.failure, all[reply.failure->statement].statement.name);
        reply.failure->statement -= before;
    }
    reply.rows.erase(reply.rows.begin(), reply.rows.begin() + static_cast<std::ptrdiff_t>(before));
    co_return reply;
}

Task<Reply> Transaction::send(std::span<const Bound> statements) {
    if (!lease_) throw std::logic_error("the transaction has ended");
    const std::string opening = std::exchange(opening_, {});
    Reply reply = co_await lease_->exchange(opening, statements);
    const bool stale = reply.failure && is_stale_plan(reply.failure->sqlstate);
    if (stale && !opening.empty()) {  // nothing has happened yet: start over
        co_await lease_->exchange("rollback", {});
        reply = co_await lease_->exchange(opening, statements);
    }
    co_return reply;
}

Task<Rows> Transaction::command(Bound bound) {
    std::vector<Bound> one;
    one.push_back(std::move(bound));
    std::vector<Rows> rows = co_await batch(std::move(one));
    co_return std::move(rows.front());
}

Task<void> Transaction::commit() {
    if (!lease_) throw std::logic_error("the transaction has ended");
    if (opening_.empty() || !deferred_.empty()) co_await send_commit();
    lease_.reset();
    const auto actions = std::exchange(after_commit_, {});
    run_all(actions);
}

Task<void> Transaction::send_commit() {
    try {
        const Rows answer = co_await uncancelled(command(once(commit_statement)));
        if (answer.command() == "COMMIT") co_return;
    } catch (const DependencyUnavailable&) {
        throw DependencyUnavailable("database", "lost during COMMIT, its outcome is unknown");
    } catch (const DeadlineExceeded&) {
        throw DependencyUnavailable("database", "no answer to COMMIT, its outcome is unknown");
    }
    throw DatabaseError("25P02", "", "commit", "an earlier statement of the transaction had failed");
}

Task<void> Transaction::rollback() {
    if (!lease_) throw std::logic_error("the transaction has ended");
    after_commit_.clear();
    deferred_.clear();
    if (opening_.empty()) co_await command(once(rollback_statement));
    lease_.reset();
}

Task<void> Transaction::savepoint(std::string name) {
    check_identifier(name);
    const std::string sql = "savepoint " + name;
    co_await command(once({"savepoint", sql}));
    note_savepoint(std::move(name));
}

void Transaction::note_savepoint(std::string name) {
    savepoints_.push_back({std::move(name), after_commit_.size()});
}

Task<void> Transaction::rollback_to(std::string name) {
    check_identifier(name);
    deferred_.clear();  // earlier ones were sent with each savepoint
    const std::string sql = "rollback to savepoint " + name;
    co_await command(once({"rollback_to_savepoint", sql}));
    forget_actions_since(name);
}

// Keeps the latest savepoint of that name and drops later ones.
void Transaction::forget_actions_since(std::string_view name) {
    while (!savepoints_.empty() && savepoints_.back().name != name) savepoints_.pop_back();
    if (!savepoints_.empty()) after_commit_.resize(savepoints_.back().actions);
}

Task<void> Transaction::limit_lock_waits(std::chrono::milliseconds limit) {
    const std::string sql = "set local lock_timeout = " + std::to_string(limit.count());
    co_await command(once({"limit_lock_waits", sql}));
}

void Transaction::after_commit(std::function<void()> action) {
    after_commit_.push_back(std::move(action));
}

Task<std::int64_t> Transaction::copy_in(std::string_view sql, std::function<bool(std::string& chunk)> next) {
    co_await command(once(lift_limit));
    const std::int64_t rows = co_await lease_->connection().copy_in(std::string(sql), std::move(next));
    co_await command(once(restore_limit));
    co_return rows;
}

Task<std::int64_t> Transaction::copy_out(std::string_view sql, std::function<void(std::string_view chunk)> sink) {
    co_await command(once(lift_limit));
    const std::int64_t rows = co_await lease_->connection().copy_out(std::string(sql), std::move(sink));
    co_await command(once(restore_limit));
    co_return rows;
}

}  // namespace safargo::db
