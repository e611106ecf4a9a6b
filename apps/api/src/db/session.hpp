// Runs statements: the Database (each on its own, autocommitted) or one Transaction. Breakage is thrown:
// DependencyUnavailable (no connection, or lost), DeadlineExceeded (statement too slow), DatabaseError (an unexpected
// error).
#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "db/database_error.hpp"
#include "db/parameters.hpp"
#include "db/rows.hpp"
#include "db/statement.hpp"

#include <span>
#include <vector>

namespace safargo::db {

struct Reply;

class Session {
public:
    Session() = default;
    Session(Session&&) = default;
    Session& operator=(Session&&) = default;
    virtual ~Session() = default;

    // Values are bound before the task starts; the statement's text must outlive the task, as constants do.
    template <class... A>
    Task<Rows> query(const Statement& statement, A... values) {
        return run(db::bind(statement, values...));
    }

    // A violated constraint listed in `refusals` is returned as its Error; `refusals` must outlive the task. In a
    // Transaction the failure has aborted everything since the last savepoint, so the caller returns the Error or rolls
    // back to it.
    template <class... A>
    Task<Result<Rows>> try_query(const Statement& statement, std::span<const Refusal> refusals, A... values) {
        return try_run(db::bind(statement, values...), refusals);
    }

    // All statements in one round trip, results in order. The first failure throws and undoes them all.
    Task<std::vector<Rows>> batch(std::vector<Bound> statements);

private:
    Task<Rows> run(Bound bound);
    Task<Result<Rows>> try_run(Bound bound, std::span<const Refusal> refusals);
    virtual Task<Reply> exchange(std::span<const Bound> statements) = 0;
};

}  // namespace safargo::db
