#include "db/session.hpp"

#include "db/reply.hpp"

namespace safargo::db {
Task<Rows> Session::run(Bound bound) {
    Reply reply = co_await exchange({&bound, 1});
    if (reply.failure) raise(*reply.failure, bound.statement.name);
    co_return std::move(reply.rows.front());
}

Task<Result<Rows>> Session::try_run(Bound bound, std::span<const Refusal> refusals) {
    Reply reply = co_await exchange({&bound, 1});
    if (!reply.failure) co_return std::move(reply.rows.front());
    auto refusal = refusal_for(reply.failure->sqlstate, reply.failure->constraint, refusals);
    if (!refusal) raise(*reply.failure, bound.statement.name);
    co_return fail(std::move(*refusal));
}

Task<std::vector<Rows>> Session::batch(std::vector<Bound> statements) {
    if (statements.empty()) co_return std::vector<Rows>{};
    Reply reply = co_await exchange(statements);
    if (reply.failure) raise(*reply.failure, statements[reply.failure->statement].statement.name);
    co_return std::move(reply.rows);
}

}  // namespace safargo::db
