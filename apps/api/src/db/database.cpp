#include "db/database.hpp"

#include "core/crypto.hpp"
#include "core/failures.hpp"
#include "db/pool.hpp"
#include "db/uncancelled.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <string_view>

namespace safargo::db {
namespace {

namespace asio = boost::asio;

constexpr Statement ping_statement{"ping", "select 1"};

bool only_read(std::span<const Bound> statements) {
    return std::ranges::all_of(statements, [](const Bound& bound) {
        const std::string_view sql = bound.statement.sql;
        const std::size_t first = sql.find_first_not_of(" \n\t");
        return first != sql.npos && sql.substr(first).starts_with("select");
    });
}

Task<Reply> run_twice_if_stale(Pool& pool, std::span<const Bound> statements) {
    Reply reply = co_await pool.run(statements);
    if (reply.failure && is_stale_plan(reply.failure->sqlstate)) reply = co_await pool.run(statements);
    co_return reply;
}

}  // namespace

Database::Database(asio::any_io_executor executor, Options options)
    : pool_(std::make_shared<Pool>(std::move(executor), std::move(options))) {}

Database::~Database() {
    pool_->close();
}

Task<Transaction> Database::begin(Isolation isolation) {
    co_return Transaction(std::make_unique<Lease>(co_await pool_->acquire()), isolation);
}

Task<bool> Database::ping() {
    try {
        co_await query(ping_statement);
        co_return true;
    } catch (const DependencyUnavailable&) {
    } catch (const DeadlineExceeded&) {
    } catch (const DatabaseError&) {
    }
    co_return false;
}

PoolStatus Database::status() const {
    return pool_->status();
}

void Database::close() {
    pool_->close();
}

Task<Reply> Database::exchange(std::span<const Bound> statements) {
    if (only_read(statements)) co_return co_await run_twice_if_stale(*pool_, statements);
    co_return co_await uncancelled(
        run_twice_if_stale(*pool_, statements));  // commits by itself, so the caller must learn the outcome
}

// 10 to 20 ms, then 20 to 40: random, so that colliding transactions do not collide again.
Task<void> Database::pause_before_retry(int attempt) {
    const int least = 10 << (attempt - 1);
    const auto jitter = crypto::random_below(static_cast<std::uint32_t>(least) + 1);
    asio::steady_timer timer(pool_->executor(), std::chrono::milliseconds{least + static_cast<int>(jitter)});
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace safargo::db
