#include "db/database.hpp"

#include "core/crypto.hpp"
#include "core/failures.hpp"
#include "db/pool.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace safargo::db {
namespace {

namespace asio = boost::asio;

constexpr Statement ping_statement{"ping", "select 1"};

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
    Reply reply = co_await pool_->run(statements);
    if (reply.failure && is_stale_plan(reply.failure->sqlstate)) reply = co_await pool_->run(statements);
    co_return reply;
}

// 10 to 20 ms, then 20 to 40: whoever collided does not collide again in step.
Task<void> Database::pause_before_retry(int attempt) {
    const int least = 10 << (attempt - 1);
    const auto jitter = crypto::random_below(static_cast<std::uint32_t>(least) + 1);
    asio::steady_timer timer(pool_->executor(), std::chrono::milliseconds{least + static_cast<int>(jitter)});
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace safargo::db
