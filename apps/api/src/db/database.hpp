// PostgreSQL as one thread sees it: a bounded pool of connections on that thread's io_context.
// Create, use and destroy it on that thread, and destroy it before the io_context.
#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "db/session.hpp"
#include "db/transaction.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace safargo::db {

struct PoolStatus {
    std::size_t idle, active, waiting;
};

struct Options {
    std::string url;  // anything libpq takes; secret
    std::size_t pool_size = 8;
    std::chrono::milliseconds pool_wait{2'000};
    std::chrono::milliseconds statement_timeout{5'000};
    std::chrono::milliseconds connect_timeout{2'000};
    std::string application_name = "safargo-api";
    // Called after every statement with Statement::name and its round trip.
    std::function<void(std::string_view name, std::chrono::nanoseconds duration, bool ok)> on_statement{};
    // Called whenever the pool has changed.
    std::function<void(const PoolStatus& now)> on_pool{};
};

class Pool;

class Database : public Session {
public:
    Database(boost::asio::any_io_executor executor, Options options);
    ~Database() override;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Task<Transaction> begin(Isolation isolation = Isolation::read_committed);

    // Runs `work` (a callable answering Task<Result<T>> for a Transaction&; never a capturing coroutine lambda) and
    // commits what it answers. An Error rolls back, unless it keeps its effects. The whole work runs again, up to
    // three times in all, when it lost a race (40001, 40P01); so it must have no effect but through the transaction.
    template <class T, class Work>
    Task<Result<T>> transact(Work work, Isolation isolation = Isolation::read_committed) {
        for (int attempt = 1;; ++attempt) {
            try {
                co_return co_await attempt_once<T>(work, isolation);
            } catch (const DatabaseError& error) {
                if (!error.retryable() || attempt == max_attempts) throw;
            }
            co_await pause_before_retry(attempt);
        }
    }

    Task<bool> ping();  // does a statement come back? never throws for a database that is down
    PoolStatus status() const;
    void close();  // drops idle connections; used ones are dropped when they come back; no new ones

private:
    static constexpr int max_attempts = 3;

    template <class T, class Work>
    Task<Result<T>> attempt_once(Work& work, Isolation isolation) {
        Transaction transaction = co_await begin(isolation);
        Result<T> result = co_await work(transaction);
        if (result || result.error().keeps_effects) {
            co_await transaction.commit();
        } else {
            co_await transaction.rollback();
        }
        co_return result;
    }

    Task<void> pause_before_retry(int attempt);
    Task<Reply> exchange(std::span<const Bound> statements) override;

    std::shared_ptr<Pool> pool_;
};

}  // namespace safargo::db
